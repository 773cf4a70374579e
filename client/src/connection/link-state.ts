import { create } from 'zustand';

export type Link = 'connecting' | 'connected' | 'reconnecting' | 'offline';

interface LinkState {
  link: Link;
  /** By this desk's clock; null before the first message. */
  lastMessageAtMs: number | null;
  /** Server time minus this desk's. */
  clockOffsetMs: number;
  databaseOk: boolean;
  /** Positions that other servers hear do not reach ours at the moment. */
  positionsPartial: boolean;
}

/** How things stand with the server. Messages come up to ten times a second: subscribe to what you show, not to all of it. */
export const useLinkState = create<LinkState>(() => ({
  link: 'connecting',
  lastMessageAtMs: null,
  clockOffsetMs: 0,
  databaseOk: true,
  positionsPartial: false,
}));

export function serverNowMs(): number {
  return Date.now() + useLinkState.getState().clockOffsetMs;
}
