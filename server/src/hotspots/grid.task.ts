import { cellsOfPolygon, createLocalPlane } from '@xunfang/geo-data/geometry';
import { hotspotGrid, kernelDensity, pointsOfRows, prepareStudyArea, type StudyArea } from '@xunfang/geo-data/hotspots';
import { selectIncidents } from '@xunfang/geo-data/incidents';
import { moveResult } from '../worker/index.ts';
import type { GridPart, GridRequest } from './grid-request.ts';

/** Study areas this thread has prepared: 60 bytes a cell and more, so few are kept. */
const areas = new Map<string, StudyArea>();
const MOST_AREAS = 4;

function areaOf({ areaKey, boundary, resolution }: GridRequest): StudyArea {
  const key = `${areaKey} ${resolution}`;
  const known = areas.get(key);
  if (known !== undefined) return known;
  const area = prepareStudyArea(cellsOfPolygon(boundary, resolution));
  areas.set(key, area);
  const [oldest] = areas.keys();
  if (areas.size > MOST_AREAS && oldest !== undefined) areas.delete(oldest);
  return area;
}

/** One part of a hotspot grid; with one part, all of it. */
export function run(request: GridRequest): GridPart {
  const { incidents, part, parts, kernel, bandwidthMeters } = request;
  const area = areaOf(request);
  const rows = countedRows(request);
  const cellCount = area.cells.hi.length;
  const from = Math.floor((cellCount * part) / parts);
  const to = Math.floor((cellCount * (part + 1)) / parts);
  const centres = { lon: area.centres.lon.subarray(from, to), lat: area.centres.lat.subarray(from, to) };
  // One plane for all parts, or the seams between them would show.
  const plane = createLocalPlane(middle(area.centres.lon), middle(area.centres.lat));
  const density = { kernel, bandwidthMeters, plane };
  if (part > 0) {
    const densityPerKm2 = Float32Array.from(kernelDensity(pointsOfRows(incidents.columns, rows), centres, density));
    const none = new Uint32Array(0);
    const nothing = new Float32Array(0);
    const result: GridPart = {
      cellHi: none,
      cellLo: none,
      counts: none,
      ratePerKm2: nothing,
      giZ: nothing,
      giQ: nothing,
      densityPerKm2,
      inside: 0,
    };
    return moveResult(result, [densityPerKm2.buffer]);
  }
  const grid = hotspotGrid({ ...area, centres }, incidents.columns, rows, density);
  const result: GridPart = {
    cellHi: grid.cellHi.slice(),
    cellLo: grid.cellLo.slice(),
    counts: grid.counts,
    ratePerKm2: Float32Array.from(grid.ratePerSquareKilometre),
    giZ: Float32Array.from(grid.z),
    giQ: Float32Array.from(grid.q),
    densityPerKm2: Float32Array.from(grid.density),
    inside: grid.inside,
  };
  const buffers = [result.cellHi, result.cellLo, result.ratePerKm2, result.giZ, result.giQ, result.densityPerKm2];
  return moveResult(
    result,
    buffers.map((column) => column.buffer as ArrayBuffer),
  );
}

function countedRows({ incidents, filter, includeSelfInitiated }: GridRequest): Uint32Array {
  const rows = selectIncidents(incidents.columns, filter);
  if (includeSelfInitiated) return rows;
  let kept = 0;
  for (let i = 0; i < rows.length; i++) if (incidents.selfInitiated[rows[i]] === 0) rows[kept++] = rows[i];
  return rows.subarray(0, kept);
}

function middle(values: Float64Array): number {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return (lowest + highest) / 2;
}
