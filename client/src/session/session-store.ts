import type { Bureau, Role, SessionView, SignIn } from '@xunfang/geo-data/contract';
import { create } from 'zustand';
import { ApiError, api, onSignedOut, queryClient, setCsrfToken } from '../connection/index.ts';
import { setWall } from '../ui/display.ts';
import { readPreference, setPreferenceOwner, writePreference } from '../ui/preferences.ts';

interface SessionState {
  /** `asking` until the server has answered once. */
  status: 'asking' | 'signedOut' | 'signedIn' | 'unreachable';
  session: SessionView | null;
  /** The session ended by itself (idle, revoked): the sign-in page says so. */
  ended: boolean;
}

export const useSessionStore = create<SessionState>(() => ({ status: 'asking', session: null, ended: false }));

onSignedOut(() => {
  if (useSessionStore.getState().status === 'signedIn') leave(true);
});

/** The cookie is hidden from scripts; this says whether asking is worth a request (and a 401 in the log). */
const MAY_BE_SIGNED_IN = 'mayBeSignedIn';

/** Asks who this browser is signed in as. */
export async function askSession(): Promise<void> {
  if (!readPreference(MAY_BE_SIGNED_IN, false)) {
    useSessionStore.setState({ status: 'signedOut' });
    return;
  }
  try {
    const session = await api.get<SessionView>('/api/session');
    enter(session);
  } catch (error) {
    if (error instanceof ApiError && error.unreachable) useSessionStore.setState({ status: 'unreachable' });
    else leave(false);
  }
}

export async function signIn(credentials: SignIn): Promise<void> {
  enter(await api.post<SessionView>('/api/session', credentials));
}

export async function signOut(): Promise<void> {
  // The console leaves the page first: nothing of it may ask with a session that is about to end.
  useSessionStore.setState({ status: 'asking' });
  try {
    await queryClient.cancelQueries();
    await api.delete('/api/session');
  } catch (error) {
    useSessionStore.setState({ status: 'signedIn' });
    throw error;
  }
  leave(false);
}

function enter(session: SessionView): void {
  setCsrfToken(session.csrfToken);
  writePreference(MAY_BE_SIGNED_IN, true);
  setPreferenceOwner(session.account.username);
  const roles = session.bureaus.flatMap((bureau) => bureau.roles);
  setWall(roles.length > 0 && roles.every((role) => role === 'display'));
  useSessionStore.setState({ status: 'signedIn', session, ended: false });
}

function leave(ended: boolean): void {
  setCsrfToken(null);
  setPreferenceOwner(null);
  writePreference(MAY_BE_SIGNED_IN, false);
  setWall(false);
  queryClient.clear();
  useSessionStore.setState({ status: 'signedOut', session: null, ended });
}

/** The bureau on screen, in full; set by the shell before any workspace is shown. */
export const useBureauStore = create<{ bureau: Bureau | null }>(() => ({ bureau: null }));

/** Who is signed in. Throws outside the signed-in part of the page. */
export function useSession(): SessionView {
  const session = useSessionStore((state) => state.session);
  if (!session) throw new Error('useSession is used outside the signed-in part of the console.');
  return session;
}

/** The bureau on screen: name, zone, bounds, categories. Never null below a workspace. */
export function useBureau(): Bureau {
  const bureau = useBureauStore((state) => state.bureau);
  if (!bureau) throw new Error('useBureau is used before a bureau is loaded.');
  return bureau;
}

export function useBureauSlug(): string {
  return useBureau().id;
}

const NO_ROLES: readonly Role[] = [];

/** The roles held in the bureau on screen. */
export function useRoles(): readonly Role[] {
  const session = useSession();
  const slug = useBureauStore((state) => state.bureau?.id);
  return session.bureaus.find((bureau) => bureau.id === slug)?.roles ?? NO_ROLES;
}

export function useHasRole(...wanted: readonly Role[]): boolean {
  return useRoles().some((role) => wanted.includes(role));
}
