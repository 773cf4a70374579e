/**
 * The attributes of zones and beats in a plan file, flat, in their order. `field`: their name in a Shapefile, where ten letters are the most;
 * `width` and `decimals` of numbers there, texts take what they need.
 */
export interface PlanColumn {
  name: string;
  field: string;
  type: 'text' | 'number';
  width?: number;
  decimals?: number;
}

const text = (name: string, field = name): PlanColumn => ({ name, field, type: 'text' });
const number = (name: string, width: number, decimals = 0, field = name): PlanColumn => ({
  name,
  field,
  type: 'number',
  width,
  decimals,
});

export const PLAN_COLUMNS: readonly PlanColumn[] = [
  text('level'),
  number('number', 5),
  number('zone', 5),
  text('name_zh'),
  text('name_en'),
  number('colour', 3),
  number('label_lon', 13, 7),
  number('label_lat', 12, 7),
  number('workload', 16, 4),
  number('deviation', 9, 4),
  number('area_km2', 12, 4),
  number('perimeter_km', 12, 4, 'perim_km'),
  number('compactness', 7, 4, 'compact'),
  number('incidents', 10),
  number('street_km', 12, 4),
  number('atoms', 7),
  text('plan'),
  number('plan_version', 6, 0, 'plan_ver'),
  text('effective_from', 'eff_from'),
  text('effective_to', 'eff_to'),
  text('shift'),
  number('duty_level', 1),
  number('resolution', 2),
  text('atom_set'),
  text('basis_from'),
  text('basis_to'),
  number('tolerance', 6, 4),
];

/** H3 cells of a beat, in hexadecimal, parted by spaces; in a Shapefile they stand in a table of their own. */
export const CELLS_COLUMN = 'cells';
/** That table: a row per atom. */
export const ATOM_TABLE = 'atoms';
export const ATOM_FIELDS = { cell: 'cell', beat: 'beat' } as const;
