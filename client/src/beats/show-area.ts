import type { Beat } from '@xunfang/geo-data/contract';
import { mapCamera } from '../map/index.ts';
import { select } from '../ui/index.ts';

/** What a beat and a zone have in common. */
export type AreaRow = Pick<Beat, 'number' | 'name' | 'figures' | 'labelAt'>;

/** Selects an area and brings it into view. */
export function showArea(level: 'beat' | 'zone', area: AreaRow): void {
  select(level, area.number);
  mapCamera.flyTo({ lon: area.labelAt[0], lat: area.labelAt[1] });
}
