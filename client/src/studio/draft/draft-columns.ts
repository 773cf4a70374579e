import type { AtomSet, DraftPlan } from '@xunfang/geo-data/beats';
import { type Column, type Draft, type DraftColumnsMeta, decodeColumnBlock } from '@xunfang/geo-data/contract';
import type { MultiPolygon, Polygon } from 'geojson';

/** All that a draft is painted and scored with. The columns never change while the draft is open. */
export interface DraftGround {
  meta: DraftColumnsMeta;
  atoms: AtomSet;
  /** Calls per atom of priority 1 to 4, of the period in `meta`. */
  calls: readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  /** The number of the beat in the plan in force, 65535 where there is none. */
  baseBeatOfAtom: Uint16Array;
}

const callsOf = new WeakMap<DraftGround['calls'], Uint32Array>();

/** Calls of every priority per atom; added up once. O(atoms). */
export function callsPerAtom({ atoms, calls }: DraftGround): Uint32Array {
  let known = callsOf.get(calls);
  if (!known) {
    known = Uint32Array.from({ length: atoms.count }, (_, atom) =>
      calls.reduce((sum, column) => sum + column[atom], 0),
    );
    callsOf.set(calls, known);
  }
  return known;
}

type Types = { u8: Uint8Array; u16: Uint16Array; u32: Uint32Array; f64: Float64Array };
const CONSTRUCTORS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array };

/** Reads the column block of `GET /api/drafts/:id/columns`; throws when a column is missing or of another type. */
export function readDraftColumns(
  buffer: ArrayBuffer,
  draft: Draft,
  boundary: Polygon | MultiPolygon,
): { ground: DraftGround; plan: DraftPlan } {
  const { meta, columns } = decodeColumnBlock<DraftColumnsMeta>(buffer);
  const column = <Type extends keyof Types>(name: string, type: Type): Types[Type] => {
    const found: Column | undefined = columns[name];
    if (!(found instanceof CONSTRUCTORS[type])) throw new Error(`The draft has no column ${name} of type ${type}.`);
    return found as Types[Type];
  };
  const atoms: AtomSet = {
    resolution: meta.resolution,
    count: meta.atomCount,
    cells: { hi: column('cellHi', 'u32'), lo: column('cellLo', 'u32') },
    lon: column('lon', 'f64'),
    lat: column('lat', 'f64'),
    xMeters: column('xMeters', 'f64'),
    yMeters: column('yMeters', 'f64'),
    areaKm2: column('areaKm2', 'f64'),
    streetMeters: column('streetMeters', 'f64'),
    outerEdgeMeters: column('outerEdgeMeters', 'f64'),
    clipped: column('clipped', 'u8'),
    landPart: column('landPart', 'u16'),
    landPartCount: meta.landPartCount,
    neighbourOffset: column('neighbourOffset', 'u32'),
    neighbour: column('neighbour', 'u32'),
    sharedEdgeMeters: column('sharedEdgeMeters', 'f64'),
    connected: column('connected', 'u8'),
    boundary: boundary.type === 'Polygon' ? { type: 'MultiPolygon', coordinates: [boundary.coordinates] } : boundary,
  };
  const ground: DraftGround = {
    meta,
    atoms,
    calls: [column('calls1', 'u32'), column('calls2', 'u32'), column('calls3', 'u32'), column('calls4', 'u32')],
    baseBeatOfAtom: column('baseBeatOfAtom', 'u16'),
  };
  const plan: DraftPlan = {
    beatOfAtom: column('beatOfAtom', 'u16'),
    lockedAtoms: column('lockedAtoms', 'u8'),
    beats: draft.beats,
    zones: draft.zones,
  };
  return { ground, plan };
}
