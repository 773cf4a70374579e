import { describe, expect, it } from 'vitest';
import { basemapRoads } from './basemap-roads.ts';
import type { Road } from './place-on-streets.ts';

const road = (
  frm: string,
  to: string,
  coordinates: number[][],
  highway = 'primary',
  name: string | null = '林荫街',
): Road => ({
  type: 'Feature',
  properties: { id: `${frm}${to}`, frm, to, highway, name, lanes: 1, speed_mps: 10, length_m: 100, layer: 'ground' },
  geometry: { type: 'LineString', coordinates },
});

describe('basemapRoads', () => {
  it('draws a street with two directions once, and joins its sections', () => {
    const drawn = basemapRoads([
      road('a', 'b', [
        [0, 0],
        [1, 0],
      ]),
      road('b', 'a', [
        [1, 0],
        [0, 0],
      ]),
      road('b', 'c', [
        [1, 0],
        [2, 0],
      ]),
      road('c', 'b', [
        [2, 0],
        [1, 0],
      ]),
    ]);
    expect(drawn).toHaveLength(1);
    expect(drawn[0].properties).toEqual({ class: 'primary', name: '林荫街' });
    expect(drawn[0].geometry).toEqual({
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
    });
  });
  it('marks one-way streets and links, and leaves absent names out', () => {
    const [ramp] = basemapRoads([
      road(
        'a',
        'b',
        [
          [0, 0],
          [1, 0],
        ],
        'trunk_link',
        null,
      ),
    ]);
    expect(ramp.properties).toEqual({ class: 'trunk', link: true, oneway: true });
  });
  it('joins a ring without running round for ever', () => {
    const ring = basemapRoads([
      road('a', 'b', [
        [0, 0],
        [1, 0],
      ]),
      road('b', 'c', [
        [1, 0],
        [1, 1],
      ]),
      road('c', 'a', [
        [1, 1],
        [0, 0],
      ]),
    ]);
    expect(ring).toHaveLength(1);
    expect(ring[0].geometry).toMatchObject({
      coordinates: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    });
  });
});
