import type { Draft, DraftHistory as HistoryPage, Place, StoredDraftEdit } from '@xunfang/geo-data/contract';
import type { MultiPolygon, Polygon } from 'geojson';
import { api, isAbort } from '../connection/index.ts';
import { translate } from '../i18n/index.ts';
import { readPreference, toast } from '../ui/index.ts';
import { readDraftColumns } from './draft/draft-columns.ts';
import { createDraftHistory } from './draft/draft-history.ts';
import { createDraftReplica } from './draft/draft-replica.ts';
import { startDraftSync } from './draft/draft-sync.ts';
import { openOutbox } from './draft/outbox.ts';
import { joinDraft } from './draft/presence.ts';
import { toolMessages } from './messages-tools.ts';
import { defaultWeights, FACTORS, type FactorWeights, factorColumns, total } from './score/factors.ts';
import { startScorer } from './score/scorer.ts';
import { StudioSession } from './studio-session.ts';
import { resetStudio, useStudio } from './studio-store.ts';

interface OpenRequest {
  draftId: number;
  bureau: string;
  boundary: Polygon | MultiPolygon;
  account: string;
}

const HISTORY_PAGE = 500;
/** How long what others changed stays marked. */
const FLASH_MS = 2500;
export const WEIGHTS_PREFERENCE = 'studio.weights';

/** Opens a draft: what it is, its columns, its history, and the edits that this browser still holds. Returns how to close it. */
export function openStudio(request: OpenRequest): () => void {
  const abort = new AbortController();
  let session: StudioSession | null = null;
  resetStudio({ status: 'loading' });
  load(request, abort.signal).then(
    (opened) => {
      if (abort.signal.aborted) opened.close();
      else session = opened;
    },
    (error: unknown) => {
      if (!isAbort(error) && !abort.signal.aborted) useStudio.setState({ status: 'failed', error });
    },
  );
  return () => {
    abort.abort();
    session?.close();
    resetStudio();
  };
}

async function load(request: OpenRequest, signal: AbortSignal): Promise<StudioSession> {
  const { draftId, bureau, boundary, account } = request;
  const [draft, buffer, { places }, stored, outbox] = await Promise.all([
    api.get<Draft>(`/api/drafts/${draftId}`, { signal }),
    api.binary(`/api/drafts/${draftId}/columns`, { signal }),
    api.get<{ places: Place[] }>('/api/places', { query: { bureau }, signal }),
    readHistory(draftId, signal),
    openOutbox(account, draftId),
  ]);
  const { ground, plan } = readDraftColumns(buffer, draft, boundary);
  const replica = createDraftReplica(plan, ground.meta.revision);
  // Edits stored between the two answers are in the history already.
  replica.receive(stored);
  const history = createDraftHistory(stored, account);
  const session = new StudioSession({ draft, ground, replica, history });

  const idOf = new Map(stored.map((edit) => [edit.id, edit]));
  const held = await outbox.read();
  // Another draft may be open by now: nothing of this one begins.
  signal.throwIfAborted();
  outbox.remove(held.filter(({ edit }) => idOf.has(edit.id)).map(({ edit }) => edit.id));

  session.sync = startDraftSync({
    draftId,
    account,
    replica,
    history,
    outbox,
    onState: (save) => useStudio.setState({ save }),
    onChanged: () => session.refresh(),
    onOutcome: (outcome) => {
      const refused = outcome.refused.reduce((sum, { atoms }) => sum + Math.max(1, atoms.length), 0);
      if (refused > 0) toast(translate(toolMessages)('partRefused', { count: refused }), { tone: 'warn' });
      const { stored: made } = outcome;
      if (made)
        for (const lost of made.overridden)
          addConflict({ lost: 'theirs', author: lost.author, atoms: lost.atoms, revision: made.revision });
    },
    onOverridden: (edit, lost) =>
      addConflict({ lost: 'mine', author: edit.author, atoms: lost.atoms, revision: edit.revision }),
    onStored: (edits) => {
      for (const edit of edits) session.stored.set(edit.revision, edit);
      const others = edits.filter((edit) => edit.author !== account).flatMap(({ paint }) => paint?.atoms ?? []);
      if (others.length > 0) flash(session, others);
    },
    onLost: () => {
      toast(translate(toolMessages)('reopened'), { tone: 'warn' });
      session.close();
      useStudio.setState({
        status: 'failed',
        error: new Error('The copy of the draft could not be mended.'),
        session: null,
      });
    },
  });
  for (const edit of stored) session.stored.set(edit.revision, edit);
  const resent = held.filter(({ edit }) => !idOf.has(edit.id));
  for (const { edit, undoOfId } of resent) {
    const target = undoOfId === null ? undefined : idOf.get(undoOfId);
    session.sync.add(target ? { ...edit, undoOf: target.revision } : edit, undoOfId, { kept: true });
  }
  if (resent.length > 0) toast(translate(toolMessages)('resent', { count: resent.length }), { tone: 'done' });

  session.presence = joinDraft({
    draftId,
    onJoined: (revision) => revision > replica.revision && void session.sync?.catchUp(),
    onEditors: (editors) => useStudio.setState({ editors }),
    onPointers: (pointers) => {
      useStudio.setState({ pointers });
      session.repaint('sketch');
    },
  });
  const columns = factorColumns(ground, places);
  session.factorColumns = columns;
  session.scorer = startScorer({
    ground,
    places,
    columns,
    onShapes: (shapes) => {
      session.shapes = shapes;
      session.repaint();
    },
    onScore: (score) => {
      useStudio.setState({ score, scoreFailure: null });
    },
    onFailed: (scoreFailure) => useStudio.setState({ scoreFailure }),
  });
  useStudio.setState({
    status: 'ready',
    session,
    factors: FACTORS.filter((factor) => total(columns[factor]) > 0),
    weights: { ...defaultWeights(columns), ...readPreference<Partial<FactorWeights>>(WEIGHTS_PREFERENCE, {}) },
  });
  session.refresh();
  return session;
}

async function readHistory(draftId: number, signal: AbortSignal): Promise<StoredDraftEdit[]> {
  const edits: StoredDraftEdit[] = [];
  for (;;) {
    const page = await api.get<HistoryPage>(`/api/drafts/${draftId}/edits`, {
      query: { after: edits.at(-1)?.revision ?? 0, limit: HISTORY_PAGE },
      signal,
    });
    edits.push(...page.edits);
    if (page.edits.length === 0 || (edits.at(-1)?.revision ?? 0) >= page.revision) return edits;
  }
}

function addConflict(conflict: { lost: 'theirs' | 'mine'; author: string; atoms: number[]; revision: number }): void {
  const id = `${conflict.revision}-${conflict.author}`;
  useStudio.setState(({ conflicts }) => ({
    conflicts: [...conflicts.filter((one) => one.id !== id), { ...conflict, id }],
  }));
}

function flash(session: StudioSession, atoms: readonly number[]): void {
  const flashed = new Set([...session.flashed, ...atoms]);
  session.flashed = flashed;
  session.repaint();
  window.setTimeout(() => {
    if (session.flashed !== flashed) return;
    session.flashed = new Set();
    session.repaint();
  }, FLASH_MS);
}
