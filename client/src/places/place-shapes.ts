import type { Place } from '@xunfang/geo-data/contract';

export type PlaceKind = Place['kind'];

/**
 * One filled path a kind (even-odd) on a 16 × 16 grid: shape tells kinds apart, colour does not. None of them is a wedge, diamond,
 * triangle, ring or dot, which are units and incidents.
 */
export const PLACE_SHAPES: Record<PlaceKind, string> = {
  school: 'M8 2.5L15.5 6.2L8 9.9L.5 6.2zM3.5 8.9L8 11.1l4.5-2.2v3c-2.2 2.1-6.8 2.1-9 0z',
  hospital: 'M6 2h4v4h4v4h-4v4H6v-4H2V6h4z',
  station:
    'M3 1.5h10v10.3h-1l1.5 2.7h-2l-1.4-2.7H5.9l-1.4 2.7h-2L4 11.8H3zM4.8 3.3v3.4h6.4V3.3zM4.8 8.6v1.5h1.7V8.6zM9.5 8.6v1.5h1.7V8.6z',
  bank: 'M8 1.5L15 5.3v1H1v-1zM2.6 7.2h2.2v4.4H2.6zM6.9 7.2h2.2v4.4H6.9zM11.2 7.2h2.2v4.4h-2.2zM1 12.4h14v2.1H1z',
  market: 'M2.2 2h11.6L15.2 7H.8zM2.2 8h11.6v6H2.2zM4 9.6v4.4h3.2V9.6zM8.8 9.6v2.4H12V9.6z',
  mall: 'M2.6 5h10.8l1.1 9.5h-13zM5.2 5a2.8 2.8 0 0 1 5.6 0H9.3a1.3 1.3 0 0 0-2.6 0zM5 7v1.6h6V7z',
  estate:
    'M1.5 6.5h5.8v8H1.5zM8.7 1.5h5.8v13H8.7zM3.4 8.3v1.5h2V8.3zM3.4 11.2v1.5h2v-1.5zM10.6 3.4v1.5h2V3.4zM10.6 6.4v1.5h2V6.4zM10.6 9.4v1.5h2V9.4z',
  venue: 'M5.2 3.2L13.8 1.5v9.2a2.4 2 0 1 1-1.8-1.9V4.9L7 5.9v6.6a2.4 2 0 1 1-1.8-1.9z',
  water_site:
    'M8 1c3.2 4 4.9 6.3 4.9 8.8a4.9 4.9 0 0 1-9.8 0C3.1 7.3 4.8 5 8 1zM5 9.8a3 3 0 0 0 3 3v-1.4a1.6 1.6 0 0 1-1.6-1.6z',
  government: 'M2.5 1h1.8v14H2.5zM5 1.8h9.5L12.3 5l2.2 3.2H5z',
  park: 'M8 .8l4.6 5.7h-2.2l3.4 4.6H9.1V15H6.9v-3.9H2.2l3.4-4.6H3.4z',
  metro: 'M1.5 1.5h13v13h-13zM3.6 12h1.9V7.4L8 11l2.5-3.6V12h1.9V4h-1.6L8 8.1 5.2 4H3.6z',
  police_station: 'M8 .8l6 2.1v4.7c0 3.8-2.5 6.2-6 7.6-3.5-1.4-6-3.8-6-7.6V2.9z',
  outpost:
    'M8 .8l6 2.1v4.7c0 3.8-2.5 6.2-6 7.6-3.5-1.4-6-3.8-6-7.6V2.9zM4 4.3v3.3c0 2.6 1.6 4.3 4 5.4 2.4-1.1 4-2.8 4-5.4V4.3L8 2.9zM6.2 6h3.6v3.6H6.2z',
  standing_point: 'M2 2h12v12H2zM4 4v8h8V4zM6 5.2h2.6a2.3 2.3 0 0 1 0 4.6H7.6v1.6H6zM7.6 6.7v1.6h.8a.8.8 0 0 0 0-1.6z',
  mandatory_point:
    'M8 .8a5.4 5.4 0 0 1 5.4 5.4C13.4 9.8 8 15.4 8 15.4S2.6 9.8 2.6 6.2A5.4 5.4 0 0 1 8 .8zM5.2 6l-1 1.1 3 2.7 4.6-4.6-1.1-1.1-3.5 3.6z',
  school_post:
    'M8 1l3.2 1.4L15 3v5.2c0 3-3 5.4-7 6.8-4-1.4-7-3.8-7-6.8V3l3.8-.6zM8 4.2L3.2 6.5 8 8.8l4.8-2.3zM5 8.5v2c1.6 1.3 4.4 1.3 6 0v-2L8 10z',
  checkpoint: 'M5 1.3h6L14.7 5v6L11 14.7H5L1.3 11V5zM3.6 6.7v2.6h8.8V6.7z',
  camera_gate: 'M.8 4h9v2.6l5-2.4v7.6l-5-2.4V12h-9zM2.6 6v1.7h3V6z',
  blocking_point: 'M3.4 1.2L8 5.8l4.6-4.6 2.2 2.2L10.2 8l4.6 4.6-2.2 2.2L8 10.2l-4.6 4.6-2.2-2.2L5.8 8 1.2 3.4z',
  area: 'M7.2 3.5h1.6v3.7h3.7v1.6H8.8v3.7H7.2V8.8H3.5V7.2h3.7z',
};
