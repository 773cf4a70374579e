import { readFile } from 'node:fs/promises';
import { type AtomSet, type BureauBoundary, createAtomSet } from '@xunfang/geo-data/beats';
import { polygonAreaSquareMeters } from '@xunfang/geo-data/geometry';
import { buildRoadGraph, type RoadEdgeCollection } from '@xunfang/geo-data/streets';
import type { MultiPolygon, Polygon } from 'geojson';
import { getHexagonAreaAvg } from 'h3-js';
import type { AtomSetOrder, Refusal } from './plan-design.ts';

/** Beyond this a design takes minutes; nobody walks a beat of a thousand atoms. */
const MOST_ATOMS = 20_000;

export function refuseTooManyAtoms({ boundary, resolution }: AtomSetOrder): Refusal | null {
  const areaM2 = polygonAreaSquareMeters(boundary as Polygon | MultiPolygon);
  const atoms = Math.round(areaM2 / getHexagonAreaAvg(resolution, 'm2'));
  return atoms > MOST_ATOMS ? { code: 'TOO_MANY_ATOMS', params: { atoms, most: MOST_ATOMS } } : null;
}

/** Cuts the bureau, with its streets where it has some. Seconds for a large one: for a worker. */
export async function atomSetFrom({ boundary, resolution, roadsFile }: AtomSetOrder): Promise<AtomSet> {
  const roads =
    roadsFile === null
      ? undefined
      : buildRoadGraph(JSON.parse(await readFile(roadsFile, 'utf8')) as RoadEdgeCollection);
  return createAtomSet({ boundary: boundary as BureauBoundary, resolution, ...(roads ? { roads } : {}) });
}
