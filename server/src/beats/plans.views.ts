import type { Beat, Plan, PlanSummary, Zone } from '@xunfang/geo-data/contract';
import type { FeatureCollection } from 'geojson';
import type { PlanRow, plansRepository } from './plans.repository.ts';

type Repository = ReturnType<typeof plansRepository>;
type ZoneRow = Awaited<ReturnType<Repository['zones']>>[number];
type BeatRow = Awaited<ReturnType<Repository['beats']>>[number];

/** `inForceId`: the plan in force now, see `planInForceAt`. */
export function summaryOf(row: PlanRow, inForceId: number | null): PlanSummary {
  const from = row.effective_from;
  const to = row.effective_to;
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    state: row.state,
    zones: row.zones,
    beats: row.beats,
    resolution: row.resolution,
    effectiveFrom: from?.toISOString() ?? null,
    effectiveTo: to?.toISOString() ?? null,
    shift: row.shift,
    dutyLevel: row.duty_level,
    inForce: row.id === inForceId,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    submittedBy: row.submitted_by,
    approvedBy: row.approved_by,
    reviewNote: row.review_note,
  };
}

export function planOf(
  row: PlanRow,
  zones: readonly ZoneRow[],
  beats: readonly BeatRow[],
  inForceId: number | null,
): Plan {
  return { summary: summaryOf(row, inForceId), zones: zones.map(zoneOf), beats: beats.map(beatOf), basis: row.basis };
}

function zoneOf(row: ZoneRow): Zone {
  return {
    number: row.number,
    name: { zh: row.name_zh, en: row.name_en },
    colour: row.colour,
    labelAt: [row.label_lon, row.label_lat],
    figures: row.figures as unknown as Zone['figures'],
  };
}

const beatOf = (row: BeatRow): Beat => ({ ...zoneOf(row), id: row.id, zoneNumber: row.zone_number });

/** Zones, then beats, as one collection with flat properties: GIS programs make a table of them. */
export function planGeoJson(row: PlanRow, zones: readonly ZoneRow[], beats: readonly BeatRow[]) {
  const plan = {
    plan: row.name,
    plan_version: row.version,
    effective_from: row.effective_from?.toISOString() ?? null,
    effective_to: row.effective_to?.toISOString() ?? null,
  };
  const feature = (level: 'zone' | 'beat', area: ZoneRow | BeatRow, zone: number) => ({
    type: 'Feature',
    id: `${level}-${area.number}`,
    properties: {
      level,
      number: area.number,
      zone,
      name_zh: area.name_zh,
      name_en: area.name_en,
      colour: area.colour,
      label_lon: area.label_lon,
      label_lat: area.label_lat,
      ...columnsOf(area.figures),
      ...plan,
    },
    geometry: area.boundary,
  });
  return {
    type: 'FeatureCollection',
    name: `${row.name} v${row.version}`,
    features: [
      ...zones.map((zone) => feature('zone', zone, zone.number)),
      ...beats.map((beat) => feature('beat', beat, beat.zone_number)),
    ] as unknown as FeatureCollection['features'],
  };
}

/** areaKm2 → area_km2: what a database or a shapefile takes as a column name. Four decimals are enough for a table. */
function columnsOf(figures: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      Math.round(value * 1e4) / 1e4,
    ]),
  );
}
