import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { polygonAreaSquareMeters } from '../geometry/index.ts';
import { NO_ATOM } from './atom-lookup.ts';
import { atomOutlines } from './atom-outlines.ts';
import { atomShapes } from './atom-shapes.ts';
import { createAtomSet } from './atoms.ts';
import { plane, sum, wuhou } from './fixtures/chengdu.ts';

describe('shapes of atoms', () => {
  const atoms = createAtomSet({ boundary: wuhou, resolution: 10 });
  const shapes = atomShapes(atoms);

  it('have the corners of their cells, once each', () => {
    const { offset, xMeters, yMeters } = atomOutlines(atoms);
    for (const [part, atom] of shapes.atomOfPart.entries()) {
      if (atoms.clipped[atom] === 1) continue;
      const ring = shapes.ringOfPart[part];
      // Closed: its last place is its first.
      expect(shapes.ringOffset[ring + 1] - shapes.ringOffset[ring]).toBe(offset[atom + 1] - offset[atom] + 1);
      const corners = new Set(
        Array.from(xMeters.subarray(offset[atom], offset[atom + 1]), (x, i) => `${x},${yMeters[offset[atom] + i]}`),
      );
      expect(corners.size).toBe(offset[atom + 1] - offset[atom]);
    }
  });

  it('have the area of their atoms', () => {
    const areaKm2 = new Float64Array(atoms.count);
    for (const [part, atom] of shapes.atomOfPart.entries()) {
      const rings: number[][][] = [];
      for (let r = shapes.ringOfPart[part]; r < shapes.ringOfPart[part + 1]; r++) {
        const places: number[][] = [];
        for (let i = shapes.ringOffset[r]; i < shapes.ringOffset[r + 1]; i++)
          places.push([shapes.ringPlaces[2 * i], shapes.ringPlaces[2 * i + 1]]);
        rings.push(places);
      }
      const polygon: Polygon = { type: 'Polygon', coordinates: rings };
      areaKm2[atom] += polygonAreaSquareMeters(polygon) / 1e6;
    }
    for (let atom = 0; atom < atoms.count; atom++)
      expect(Math.abs(areaKm2[atom] - atoms.areaKm2[atom])).toBeLessThan(2e-6 + 2e-4 * atoms.areaKm2[atom]);
  });

  it('meet in edges as long as the common edges of their atoms, and end where the bureau does', () => {
    const shared = new Map<string, number>();
    const outer = new Float64Array(atoms.count);
    for (const [edge, atom] of shapes.edgeAtom.entries()) {
      const [x1, y1, x2, y2] = shapes.edgePlaces.subarray(4 * edge, 4 * edge + 4);
      const [[ax, ay], [bx, by]] = [plane.pointToMeters(x1, y1), plane.pointToMeters(x2, y2)];
      const meters = Math.hypot(bx - ax, by - ay);
      const other = shapes.edgeOther[edge];
      if (other === NO_ATOM) outer[atom] += meters;
      else shared.set(`${atom},${other}`, (shared.get(`${atom},${other}`) ?? 0) + meters);
    }
    let wrongMeters = 0;
    for (let atom = 0; atom < atoms.count; atom++) {
      wrongMeters += Math.abs(outer[atom] - atoms.outerEdgeMeters[atom]);
      for (let e = atoms.neighbourOffset[atom]; e < atoms.neighbourOffset[atom + 1]; e++) {
        const other = atoms.neighbour[e];
        if (other < atom) continue;
        const meters = (shared.get(`${atom},${other}`) ?? 0) + (shared.get(`${other},${atom}`) ?? 0);
        wrongMeters += Math.abs(meters - atoms.sharedEdgeMeters[e]);
      }
    }
    expect(wrongMeters / (sum(atoms.outerEdgeMeters) + sum(atoms.sharedEdgeMeters) / 2)).toBeLessThan(1e-3);
  });
});
