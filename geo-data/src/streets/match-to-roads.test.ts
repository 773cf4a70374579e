import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../numeric/index.ts';
import { buildRoadGraph, type RoadEdgeCollection } from './build-road-graph.ts';
import { type NoisyDrive, noisyDrive } from './fixtures/noisy-drive.ts';
import { latticeSections, roadSections } from './fixtures/section.ts';
import { matchToRoads, type RoadMatch } from './match-to-roads.ts';
import { createPathWorkspace } from './path-workspace.ts';
import { NO_EDGE, type RoadGraph } from './road-graph.ts';
import { createRoadIndex } from './road-index.ts';
import { snapToRoad } from './snap-to-road.ts';

const chengdu = buildRoadGraph(
  JSON.parse(
    readFileSync(new URL('../../datasets/chengdu-wuhou/roads.geojson', import.meta.url), 'utf8'),
  ) as RoadEdgeCollection,
);
const index = createRoadIndex(chengdu);
const workspace = createPathWorkspace(chengdu);

function drives(count: number, everySeconds: number, noiseMeters: number): NoisyDrive[] {
  const random = createSeededRandom(7);
  const made: NoisyDrive[] = [];
  while (made.length < count) {
    const drive = noisyDrive(chengdu, workspace, random, { everySeconds, noiseMeters });
    if (drive !== undefined) made.push(drive);
  }
  return made;
}

/** Metres driven but not found and found but not driven, of all driven: the measure of Newson & Krumm. */
function routeMismatch(drive: NoisyDrive, match: RoadMatch): number {
  const surplus = new Map<number, number>();
  for (const edge of drive.drivenEdges) surplus.set(edge, (surplus.get(edge) ?? 0) + 1);
  for (const edge of match.pathEdges) surplus.set(edge, (surplus.get(edge) ?? 0) - 1);
  let meters = 0;
  for (const [edge, times] of surplus) meters += Math.abs(times) * chengdu.edgeLengthMeters[edge];
  return meters / drive.drivenMeters;
}

function expectConnected(graph: RoadGraph, match: RoadMatch): void {
  for (let part = 0; part < match.partCount; part++)
    for (let i = match.pathOffset[part] + 1; i < match.pathOffset[part + 1]; i++)
      expect(graph.edgeSource[match.pathEdges[i]]).toBe(graph.edgeTarget[match.pathEdges[i - 1]]);
}

describe('matchToRoads', () => {
  it.each([
    [1, 5, 0.95, 0.03],
    [5, 8, 0.92, 0.06],
    [15, 8, 0.89, 0.06],
    [30, 8, 0.86, 0.08],
  ])('finds drives through Chengdu with a fix every %i s and %i m of noise', (everySeconds, noise, share, mismatch) => {
    let [fixes, right, snapped, wrong] = [0, 0, 0, 0];
    const made = drives(20, everySeconds, noise);
    for (const drive of made) {
      const match = matchToRoads(index, drive, {}, workspace);
      expectConnected(chengdu, match);
      wrong += routeMismatch(drive, match) / made.length;
      for (const [row, edge] of drive.trueEdge.entries()) {
        fixes++;
        if (match.edge[row] === edge) right++;
        if (snapToRoad(index, drive.lon[row], drive.lat[row])?.edge === edge) snapped++;
      }
    }
    expect(right / fixes).toBeGreaterThan(share);
    expect(wrong).toBeLessThan(mismatch);
    // The nearest edge, which is the alternative, is right far less often.
    expect(right - snapped).toBeGreaterThan(0.25 * fixes);
  });

  it('finds a drive without noise to the last edge, but for where two meet', () => {
    for (const drive of drives(5, 5, 0)) {
      const match = matchToRoads(index, drive, {}, workspace);
      expect(match.partCount).toBe(1);
      expect(routeMismatch(drive, match)).toBeLessThan(0.02);
    }
  });

  it('keeps its columns consistent for any fixes at all', () => {
    const lattice = buildRoadGraph(roadSections(latticeSections(5)));
    const roads = createRoadIndex(lattice);
    const fix = fc.tuple(
      fc.integer({ min: 0, max: 250 }),
      fc.double({ min: 103.998, max: 104.01, noNaN: true }),
      fc.double({ min: 29.998, max: 30.01, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(fix, { maxLength: 40 }), (fixes) => {
        let at = 0;
        const track = {
          seconds: fixes.map(([wait]) => (at += wait)),
          lon: fixes.map(([, lon]) => lon),
          lat: fixes.map(([, , lat]) => lat),
        };
        const match = matchToRoads(roads, track);
        expectConnected(lattice, match);
        expect(match.pathOffset[match.partCount]).toBe(match.pathEdges.length);
        let part = 0;
        for (let row = 0; row < fixes.length; row++) {
          const matched = match.edge[row] !== NO_EDGE;
          expect(match.part[row] !== NO_EDGE).toBe(matched);
          expect(Number.isNaN(match.distanceMeters[row])).toBe(!matched);
          if (!matched) continue;
          expect(match.part[row]).toBeGreaterThanOrEqual(part);
          part = match.part[row];
          expect(match.fraction[row]).toBeGreaterThanOrEqual(0);
          expect(match.fraction[row]).toBeLessThanOrEqual(1);
          const path = match.pathEdges.subarray(match.pathOffset[part], match.pathOffset[part + 1]);
          expect(path).toContain(match.edge[row]);
        }
      }),
    );
  });

  it('leaves a wrong fix out and drives on', () => {
    const [drive] = drives(1, 5, 3);
    const thrown = Math.floor(drive.lon.length / 2);
    const whole = matchToRoads(index, drive, {}, workspace);
    drive.lon[thrown] += 0.02;
    const match = matchToRoads(index, drive, {}, workspace);
    expect(match.partCount).toBe(1);
    expect(match.edge[thrown]).toBe(NO_EDGE);
    expect(match.edge.filter((edge, row) => row !== thrown && edge !== whole.edge[row]).length).toBeLessThanOrEqual(2);
  });

  it('breaks at silence, and where nobody can have driven', () => {
    const [drive] = drives(1, 5, 3);
    const half = Math.floor(drive.lon.length / 2);
    const silent = { ...drive, seconds: drive.seconds.map((at, row) => (row < half ? at : at + 600)) };
    const match = matchToRoads(index, silent, {}, workspace);
    expect(match.partCount).toBe(2);
    expect(match.part[half - 1]).toBe(0);
    expect(match.part[half]).toBe(1);
    // Two drives at once by one device, each a few fixes long: neither can be driven to from the other.
    const apart = buildRoadGraph(
      roadSections([
        ...latticeSections(3),
        ...latticeSections(3).map(([frm, to, line]): [string, string, [number, number][]] => [
          `far ${frm}`,
          `far ${to}`,
          line.map(([lon, lat]) => [lon + 0.5, lat]),
        ]),
      ]),
    );
    const rows = Array.from({ length: 12 }, (_, i) => [i * 10, (i < 6 ? 104 : 104.5) + (i % 6) * 0.0006]);
    const jump = matchToRoads(createRoadIndex(apart), {
      seconds: rows.map(([at]) => at),
      lon: rows.map(([, lon]) => lon),
      lat: rows.map(() => 30),
    });
    expect(jump.partCount).toBe(2);
    expect(Array.from(jump.part.subarray(0, 6))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(Array.from(jump.part.subarray(6))).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('takes an empty track, and refuses what is none', () => {
    expect(matchToRoads(index, { seconds: [], lon: [], lat: [] }).partCount).toBe(0);
    expect(() => matchToRoads(index, { seconds: [1], lon: [], lat: [] })).toThrow('1 times, 0 longitudes');
    expect(() => matchToRoads(index, { seconds: [2, 1], lon: [104, 104], lat: [30, 30] })).toThrow(
      'Fix 1 is at 1 s, expected at least 2.',
    );
  });
});
