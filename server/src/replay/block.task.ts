import {
  createIncidentColumns,
  encodeIncidentBlock,
  type IncidentFilter,
  selectIncidents,
} from '@xunfang/geo-data/incidents';
import type { LoadedIncidents } from '../hotspots/index.ts';
import { moveResult } from '../worker/index.ts';

export interface BlockRequest {
  incidents: LoadedIncidents;
  filter: IncidentFilter;
  includeSelfInitiated: boolean;
  limit: number;
}
export interface BlockAnswer {
  count: number;
  /** null: above the limit. */
  block: ArrayBuffer | null;
}

/** The incidents of a window as one block, in order of time. */
export function run({ incidents, filter, includeSelfInitiated, limit }: BlockRequest): BlockAnswer {
  const { columns, selfInitiated } = incidents;
  const selected = selectIncidents(columns, filter);
  const rows = includeSelfInitiated ? selected : selected.filter((row) => selfInitiated[row] === 0);
  if (rows.length > limit) return { count: rows.length, block: null };
  const picked = createIncidentColumns(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    picked.occurredAtSeconds[i] = columns.occurredAtSeconds[row];
    picked.lon[i] = columns.lon[row];
    picked.lat[i] = columns.lat[row];
    picked.cellHi[i] = columns.cellHi[row];
    picked.cellLo[i] = columns.cellLo[row];
    picked.category[i] = columns.category[row];
  }
  const block = encodeIncidentBlock(picked);
  return moveResult({ count: rows.length, block }, [block]);
}
