import type { TrackPurpose } from '@xunfang/geo-data/contract';
import { create } from 'zustand';
import { useSessionStore } from '../session/index.ts';

/** A unit's id, or the slug of a bureau for all of its units. */
export type PurposeSubject = number | string;
export interface StatedPurpose {
  purpose: TrackPurpose;
  note: string;
}

/** As long as the server counts the same look once. */
const REMEMBERED_MS = 10 * 60_000;

const useStore = create<{ stated: ReadonlyMap<PurposeSubject, StatedPurpose> }>(() => ({ stated: new Map() }));
const timers = new Map<PurposeSubject, number>();

/** The purpose given for this subject within the last ten minutes, else null: then it must be asked for. */
export function useStatedPurpose(subject: PurposeSubject | null): StatedPurpose | null {
  return useStore(({ stated }) => (subject === null ? null : (stated.get(subject) ?? null)));
}

export function statePurpose(subject: PurposeSubject, purpose: StatedPurpose): void {
  window.clearTimeout(timers.get(subject));
  timers.set(
    subject,
    window.setTimeout(() => change((stated) => stated.delete(subject)), REMEMBERED_MS),
  );
  change((stated) => stated.set(subject, purpose));
}

function change(edit: (stated: Map<PurposeSubject, StatedPurpose>) => void): void {
  const stated = new Map(useStore.getState().stated);
  edit(stated);
  useStore.setState({ stated });
}

// What one person stated is not the next one's purpose at the same desk.
useSessionStore.subscribe(({ status }) => {
  if (status === 'signedOut') change((stated) => stated.clear());
});
