import { readFileSync } from 'node:fs';
import type { Polygon } from 'geojson';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLocalPlane, pointInPolygon } from '../geometry/index.ts';
import { createSeededRandom } from '../numeric/index.ts';
import { buildRoadGraph } from '../streets/index.ts';
import { DEMONSTRATION_PROFILES } from './category-profiles.ts';
import { type GeneratedIncidents, generateIncidents } from './generate-incidents.ts';
import { createIncidentSurface, type IncidentSurface } from './incident-surface.ts';
import { sampleLiveCall } from './sample-live-call.ts';

const dataset = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../datasets/chengdu-wuhou/${name}`, import.meta.url), 'utf8'));
const timeZone = 'Asia/Shanghai';
const endsAtSeconds = Date.UTC(2026, 5, 30, 16) / 1000;

let boundary: Polygon;
let surface: IncidentSurface;
let incidents: GeneratedIncidents;
beforeAll(() => {
  boundary = dataset('boundary.geojson').features[0].geometry;
  const graph = buildRoadGraph(dataset('roads.geojson'));
  surface = createIncidentSurface({ seed: 510107, graph, boundary, profiles: DEMONSTRATION_PROFILES });
  incidents = generateIncidents({ seed: 510107, surface, timeZone, endsAtSeconds });
});

/** Shanghai keeps UTC+8 all year. */
const localHour = (seconds: number): number => Math.floor((seconds + 8 * 3600) / 3600) % 24;
const localWeekday = (seconds: number): number => (Math.floor((seconds + 8 * 3600) / 86_400) + 3) % 7;

describe('generateIncidents', () => {
  it('gives the same incidents for the same seed, others for another', () => {
    expect(generateIncidents({ seed: 510107, surface, timeZone, endsAtSeconds })).toEqual(incidents);
    const other = generateIncidents({ seed: 510108, surface, timeZone, endsAtSeconds });
    expect(other.lon.slice(0, 100)).not.toEqual(incidents.lon.slice(0, 100));
  });

  it('makes at least 20,000 in 18 months, in order of time, none received before it happened', () => {
    expect(incidents.count).toBeGreaterThanOrEqual(20_000);
    expect(incidents.count).toBeLessThan(24_000);
    const first = incidents.occurredAtSeconds[0];
    expect(new Date(first * 1000).toISOString().slice(0, 7)).toMatch(/^2024-12|^2025-01/);
    for (let i = 0; i < incidents.count; i++) {
      if (i > 0) expect(incidents.occurredAtSeconds[i]).toBeGreaterThanOrEqual(incidents.occurredAtSeconds[i - 1]);
      expect(incidents.receivedAtSeconds[i]).toBeGreaterThanOrEqual(incidents.occurredAtSeconds[i]);
      expect(incidents.receivedAtSeconds[i]).toBeLessThanOrEqual(endsAtSeconds);
    }
  });

  it('keeps every incident inside the boundary and within 60 m of a street', () => {
    const { points } = surface;
    for (let i = 0; i < incidents.count; i += 7) {
      expect(pointInPolygon(incidents.lon[i], incidents.lat[i], boundary)).toBe(true);
      const [x, y] = points.plane.pointToMeters(incidents.lon[i], incidents.lat[i]);
      let nearest = Number.POSITIVE_INFINITY;
      for (let p = 0; p < points.count; p++) {
        nearest = Math.min(nearest, (points.xMeters[p] - x) ** 2 + (points.yMeters[p] - y) ** 2);
      }
      expect(Math.sqrt(nearest)).toBeLessThan(60);
    }
  });

  it('has its peak at night and its own pattern of weekdays', () => {
    const hours = Array.from({ length: 24 }, () => 0);
    for (const at of incidents.occurredAtSeconds) hours[localHour(at)]++;
    const night = [20, 21, 22, 23, 0, 1, 2, 3, 4, 5].reduce((sum, hour) => sum + hours[hour], 0);
    expect(night / incidents.count).toBeGreaterThan(0.45);
    expect([20, 21, 22, 23]).toContain(hours.indexOf(Math.max(...hours)));

    const fights = DEMONSTRATION_PROFILES.findIndex(({ categoryId }) => categoryId === 201);
    const collisions = DEMONSTRATION_PROFILES.findIndex(({ categoryId }) => categoryId === 30102);
    const byDay = (profile: number): number[] => {
      const days = Array.from({ length: 7 }, () => 0);
      incidents.occurredAtSeconds.forEach((at, i) => {
        if (incidents.profile[i] === profile) days[localWeekday(at)]++;
      });
      return days;
    };
    expect(byDay(fights)[5]).toBeGreaterThan(1.3 * byDay(fights)[1]);
    expect(byDay(collisions)[1]).toBeGreaterThan(1.2 * byDay(collisions)[6]);
  });

  it('has more in summer than in winter', () => {
    const inMonth = (year: number, month: number): number => {
      const from = Date.UTC(year, month) / 1000;
      const to = Date.UTC(year, month + 1) / 1000;
      return incidents.occurredAtSeconds.filter((at) => at >= from && at < to).length;
    };
    expect(inMonth(2025, 6)).toBeGreaterThan(1.15 * inMonth(2026, 0));
  });

  it('clusters in place: the busiest 5 % of 100 m squares hold far more than 5 %', () => {
    const squares = new Map<string, number>();
    const plane = createLocalPlane(boundary.coordinates[0][0][0], boundary.coordinates[0][0][1]);
    for (let i = 0; i < incidents.count; i++) {
      const [x, y] = plane.pointToMeters(incidents.lon[i], incidents.lat[i]);
      const square = `${Math.floor(x / 100)} ${Math.floor(y / 100)}`;
      squares.set(square, (squares.get(square) ?? 0) + 1);
    }
    const counts = [...squares.values()].sort((a, b) => b - a);
    const top = counts.slice(0, Math.ceil(counts.length * 0.05)).reduce((sum, n) => sum + n, 0);
    expect(top / incidents.count).toBeGreaterThan(0.2);
  });

  it('repeats more than chance: near pairs within 14 days exceed those after permuting the times (Knox)', () => {
    const domestic = DEMONSTRATION_PROFILES.findIndex(({ categoryId }) => categoryId === 502);
    const rows = [...incidents.profile.keys()].filter((i) => incidents.profile[i] === domestic);
    const places = rows.map((i) => surface.points.plane.pointToMeters(incidents.lon[i], incidents.lat[i]));
    const times = rows.map((i) => incidents.occurredAtSeconds[i]);
    const near: [number, number][] = [];
    for (let a = 0; a < rows.length; a++) {
      for (let b = a + 1; b < rows.length; b++) {
        if (Math.hypot(places[a][0] - places[b][0], places[a][1] - places[b][1]) < 200) near.push([a, b]);
      }
    }
    const closePairs = (at: readonly number[]): number =>
      near.filter(([a, b]) => Math.abs(at[a] - at[b]) < 14 * 86_400).length;
    const observed = closePairs(times);
    const random = createSeededRandom(1);
    const expected = Array.from({ length: 99 }, () => closePairs(random.shuffle([...times])));
    expect(observed).toBeGreaterThan(Math.max(...expected));
    expect(observed).toBeGreaterThan((1.2 * expected.reduce((sum, n) => sum + n, 0)) / 99);
  });

  it('names every address by a real street', () => {
    for (const address of incidents.address) expect(address).toMatch(/^\p{Script=Han}+\d+号(附近)?$/u);
  });

  it('uses only categories of the dictionary, with its priorities', () => {
    const categories: { id: number; priority: number }[] = dataset('categories.json');
    for (const { categoryId, priority } of DEMONSTRATION_PROFILES) {
      expect(categories.find(({ id }) => id === categoryId)?.priority).toBe(priority);
    }
  });

  it('refuses a period before 1970', () => {
    expect(() => generateIncidents({ seed: 1, surface, timeZone, endsAtSeconds: 10 })).toThrow(/18 months up to 10 s/);
  });
});

describe('sampleLiveCall', () => {
  it('comes inside the boundary, and drunken calls by night rather than by day', () => {
    const drunkAt = (hourUtc: number): number => {
      const random = createSeededRandom(7);
      const at = Date.UTC(2026, 6, 1, hourUtc) / 1000;
      const calls = Array.from({ length: 400 }, () => sampleLiveCall(random, surface, at, timeZone));
      for (const call of calls) expect(pointInPolygon(call.lon, call.lat, boundary)).toBe(true);
      return calls.filter(({ categoryId }) => categoryId === 205 || categoryId === 404).length;
    };
    expect(drunkAt(15)).toBeGreaterThan(2 * drunkAt(2));
  });
});
