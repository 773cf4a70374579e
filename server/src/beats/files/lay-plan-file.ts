import {
  areaParts,
  type AtomSet,
  type BeatPlan,
  colourOfBeat,
  createAtomLookup,
  type LaidOutlines,
  layOnAtoms,
  linkRows,
  NO_ATOM,
  UNASSIGNED,
} from '@xunfang/geo-data/beats';
import type { PlanImportReport } from '@xunfang/geo-data/contract';
import { hexToCells } from '@xunfang/geo-data/geometry';
import { areaName } from '../area-name.ts';
import type { AreaLabel } from '../plan-design.ts';
import { zonesAsBeats } from '../zones-as-beats.ts';
import { giveNumbers } from './give-numbers.ts';
import type { FileArea, Finding } from './read-areas.ts';

export interface LayingOrder {
  atoms: AtomSet;
  areas: readonly FileArea[];
}
export interface LaidPlan {
  plan: BeatPlan;
  beats: AreaLabel[];
  zones: AreaLabel[];
  leftOut: Finding[];
  report: Pick<
    PlanImportReport,
    'method' | 'redrawnAtoms' | 'areas' | 'zones' | 'atomsTotal' | 'gaps' | 'overlaps' | 'unnamed' | 'unnumbered'
  >;
}

const MOST_PLACES = 20;
/** Overlaps below this share of an atom are two drawings of one border. */
const LEAST_OVERLAP = 0.05;

/**
 * Makes a plan of the areas of a file: the atoms it carries where they are this bureau's and the drawing agrees with them, else every atom to the
 * outline that covers most of it. Beats that get no atom and zones without beats are left out and told.
 */
export function layPlanFile({ atoms, areas }: LayingOrder): LaidPlan {
  const drawn = areas.filter(({ level }) => level === 'beat');
  const laid = layOnAtoms(
    atoms,
    drawn.map(({ outline }) => outline),
  );
  const carried = carriedAtoms(atoms, drawn);
  const redrawnAtoms = carried === null ? 0 : countWhere(carried, (beat, atom) => beat !== laid.outlineOfAtom[atom]);
  const method = carried !== null && redrawnAtoms === 0 ? 'atoms' : 'outlines';
  const drawnOfAtom = method === 'atoms' && carried !== null ? carried : laid.outlineOfAtom;

  const atomsOf = new Uint32Array(drawn.length);
  for (const at of drawnOfAtom) if (at !== UNASSIGNED) atomsOf[at]++;
  const leftOut = drawn.flatMap((area, at) =>
    atomsOf[at] > 0 ? [] : [findingOf(area, laid.areaKm2[at] > 0 ? 'NO_ATOM' : 'OUTSIDE')],
  );
  // In the order of numbers, as everywhere.
  const { order, numbers, unnumbered } = giveNumbers(drawn, (at) => atomsOf[at] > 0);
  const beatOfDrawn = new Uint16Array(drawn.length).fill(UNASSIGNED);
  for (const [beat, at] of order.entries()) beatOfDrawn[at] = beat;
  const beatOfAtom = drawnOfAtom.map((at) => (at === UNASSIGNED ? UNASSIGNED : beatOfDrawn[at]));
  const kept = order.map((at) => drawn[at]);
  const zoning = zonesOf(
    kept,
    areas.filter(({ level }) => level === 'zone'),
  );
  const plan: BeatPlan = {
    beatCount: kept.length,
    zoneCount: zoning.labels.length,
    beatOfAtom,
    zoneOfBeat: zoning.zoneOfBeat,
  };
  const hues = colourOfBeat({ atoms, plan });
  const zoneHues = colourOfBeat({ atoms, plan: zonesAsBeats(plan) });
  const beats = kept.map((area, beat) => labelOf('beat', area, numbers[beat], hues[beat]));
  const zones = zoning.labels.map(({ area, number, name }, zone) => ({
    ...labelOf('zone', area, number, zoneHues[zone]),
    ...(name === null ? {} : { name }),
  }));
  const { parts } = areaParts(linkRows(atoms), beatOfAtom, plan.beatCount);
  const km2 = new Float64Array(plan.beatCount);
  for (const [atom, beat] of beatOfAtom.entries()) if (beat !== UNASSIGNED) km2[beat] += atoms.areaKm2[atom];
  return {
    plan,
    beats,
    zones,
    leftOut: [...leftOut, ...zoning.empty.map((area) => findingOf(area, 'ZONE_EMPTY'))],
    report: {
      method,
      redrawnAtoms,
      areas: beats.map(({ number, name }, beat) => ({
        number,
        name,
        zoneNumber: zones[plan.zoneOfBeat[beat]].number,
        atoms: atomsOf[order[beat]],
        areaKm2: km2[beat],
        parts: parts[beat],
      })),
      zones: zones.length,
      atomsTotal: atoms.count,
      gaps: gapsOf(atoms, beatOfAtom),
      overlaps:
        method === 'atoms'
          ? []
          : overlapsOf(atoms, laid, (at) => beats[beatOfDrawn[at]]?.number ?? drawn[at].number ?? 0),
      unnamed: kept.flatMap(({ zh, en }, beat) => (zh === null && en === null ? [numbers[beat]] : [])),
      unnumbered,
    },
  };
}

const findingOf = ({ layer, row, zh, en }: FileArea, code: Finding['code']): Finding => ({
  layer,
  row,
  name: zh ?? en ?? '',
  code,
  at: null,
});

function labelOf(level: 'beat' | 'zone', area: FileArea | null, number: number, hue: number): AreaLabel {
  const made = areaName(level, number);
  return {
    number,
    name: { zh: area?.zh ?? area?.en ?? made.zh, en: area?.en ?? area?.zh ?? made.en },
    colour: area?.colour ?? hue,
  };
}

/** null: there are no beats, one carries no atoms, one that this bureau has not, or one that another carries too. */
function carriedAtoms(atoms: AtomSet, drawn: readonly FileArea[]): Uint16Array | null {
  if (drawn.length === 0) return null;
  const lookup = createAtomLookup(atoms);
  const beatOfAtom = new Uint16Array(atoms.count).fill(UNASSIGNED);
  for (const [at, { cells }] of drawn.entries()) {
    if (cells === null || !cells.every((cell) => /^[0-9a-f]{15,16}$/.test(cell))) return null;
    for (const atom of lookup.atomsOfCells(hexToCells(cells))) {
      if (atom === NO_ATOM || beatOfAtom[atom] !== UNASSIGNED) return null;
      beatOfAtom[atom] = at;
    }
  }
  return beatOfAtom;
}

interface Zoning {
  labels: { area: FileArea | null; number: number; name: AreaLabel['name'] | null }[];
  zoneOfBeat: Uint16Array;
  /** Drawn, and no beat names them. */
  empty: FileArea[];
}

/** Zones by the number or the name that beats give; beats that name none share one. */
function zonesOf(beats: readonly FileArea[], drawn: readonly FileArea[]): Zoning {
  const areaOf = (key: string) =>
    drawn.find(({ number, zh, en }) => key === String(number) || key === zh || key === en);
  const keys = [...new Set(beats.map(({ zone }) => zone ?? ''))];
  const areas = keys.map((key) => areaOf(key) ?? null);
  const wanted = keys.map((key, at) => ({ number: areas[at]?.number ?? numberIn(key) }));
  const { order, numbers } = giveNumbers(wanted, () => true);
  const zoneOfKey = new Map(order.map((at, zone) => [keys[at], zone]));
  return {
    labels: order.map((at, zone) => ({
      area: areas[at],
      number: numbers[zone],
      // A zone that is only named, not drawn.
      name:
        areas[at] !== null || keys[at] === '' || numberIn(keys[at]) !== null ? null : { zh: keys[at], en: keys[at] },
    })),
    zoneOfBeat: Uint16Array.from(beats, ({ zone }) => zoneOfKey.get(zone ?? '') ?? 0),
    empty: drawn.filter((area) => !areas.includes(area)),
  };
}

function numberIn(key: string): number | null {
  const number = Number(key);
  return key !== '' && Number.isInteger(number) && number >= 1 && number <= 9_999 ? number : null;
}

function gapsOf({ areaKm2, lon, lat }: AtomSet, beatOfAtom: Uint16Array): PlanImportReport['gaps'] {
  const gaps = Array.from(beatOfAtom.keys()).filter((atom) => beatOfAtom[atom] === UNASSIGNED);
  return {
    atoms: gaps.length,
    areaKm2: gaps.reduce((sum, atom) => sum + areaKm2[atom], 0),
    places: gaps.slice(0, MOST_PLACES).map((atom) => [lon[atom], lat[atom]]),
  };
}

function overlapsOf(
  { lon, lat }: AtomSet,
  { outlineOfAtom, secondOfAtom, coveredShare }: LaidOutlines,
  numberOf: (outline: number) => number,
): PlanImportReport['overlaps'] {
  const pairs = new Map<string, PlanImportReport['overlaps'][number]>();
  for (const [atom, share] of coveredShare.entries()) {
    const [first, second] = [outlineOfAtom[atom], secondOfAtom[atom]];
    if (share <= 1 + LEAST_OVERLAP || first === UNASSIGNED || second === UNASSIGNED) continue;
    const beats = [numberOf(first), numberOf(second)].sort((a, b) => a - b);
    const pair = pairs.get(beats.join()) ?? { beats, atoms: 0, at: [lon[atom], lat[atom]] };
    pair.atoms++;
    pairs.set(beats.join(), pair);
  }
  return [...pairs.values()].sort((a, b) => b.atoms - a.atoms).slice(0, MOST_PLACES);
}

function countWhere(values: Uint16Array, holds: (value: number, at: number) => boolean): number {
  let count = 0;
  for (const [at, value] of values.entries()) if (holds(value, at)) count++;
  return count;
}
