import type { TrackPurpose } from '@xunfang/geo-data/contract';
import { problem } from '../platform/index.ts';
import './messages.tracks.ts';

export interface StatedPurpose {
  purpose?: TrackPurpose | undefined;
  note?: string | undefined;
}

/** Refuses a look beyond the live trail for which no purpose was stated; returns what the audit keeps of it. */
export function requirePurpose({ purpose, note }: StatedPurpose, liveMinutes: number): Record<string, string> {
  if (purpose === undefined)
    return problem(400, 'TRACK_PURPOSE_REQUIRED', { minutes: liveMinutes }, { field: 'purpose' });
  return keptPurpose({ purpose, note });
}

/** What the audit keeps of a purpose that need not have been stated. */
export function keptPurpose({ purpose, note }: StatedPurpose): Record<string, string> {
  const words = note?.trim() ?? '';
  if (purpose === 'other' && words === '') problem(400, 'TRACK_PURPOSE_NOTE_REQUIRED', {}, { field: 'note' });
  return { ...(purpose === undefined ? {} : { purpose }), ...(words === '' ? {} : { note: words }) };
}
