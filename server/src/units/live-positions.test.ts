import { createPositionColumns, decodePositionFrame } from '@xunfang/geo-data/contract';
import { unitStatusCode } from '@xunfang/geo-data/units';
import { describe, expect, it } from 'vitest';
import type { Fix } from './device-adapter.ts';
import { createLivePositions, type LivePositions } from './live-positions.ts';
import { BOUNDS, BUREAU, createGateFixture, fixAt, NOW_MS, testDevice } from './testing/gate-fixture.ts';

const device = (unitId: number | null) => testDevice({ unitId });

function frameOf(positions: LivePositions, nowMs = NOW_MS) {
  const columns = createPositionColumns(10);
  const bytes = positions.frame(BUREAU, nowMs);
  if (bytes === undefined) throw new Error('No frame.');
  const { rosterRevision, stream, sequence } = decodePositionFrame(bytes.buffer, columns);
  return { ...columns, revision: rosterRevision, stream, sequence };
}

const setUp = createGateFixture;

describe('live positions', () => {
  it('shows only units that were heard of, with their age', () => {
    const { positions, ingest } = setUp();
    expect(frameOf(positions).count).toBe(0);
    ingest(device(12), fixAt(3, { speedKmh: 40, headingDegrees: 180, statusCode: unitStatusCode('en_route') }), NOW_MS);
    const frame = frameOf(positions);
    expect(frame.count).toBe(1);
    expect([frame.slot[0], frame.ageSeconds[0], frame.speedKmh[0]]).toEqual([1, 3, 40]);
    expect(frame.status[0]).toBe(unitStatusCode('en_route'));
    expect(frame.lon[0]).toBeCloseTo(104.05, 5);
    expect(frame.accuracyMeters[0]).toBeNaN();
  });

  it('numbers its frames', () => {
    const { positions } = setUp();
    expect(frameOf(positions).sequence).toBeLessThan(frameOf(positions).sequence);
  });

  it('keeps positions by unit when a new roster gives other slots', () => {
    const { positions, ingest } = setUp([11, 12, 13]);
    ingest(device(11), fixAt(1, { lon: 104.01 }), NOW_MS);
    ingest(device(13), fixAt(1, { lon: 104.03, statusCode: unitStatusCode('on_scene') }), NOW_MS);
    positions.setRoster({ bureauId: BUREAU, revision: 2, bounds: BOUNDS, unitIds: [13, 14] });
    const frame = frameOf(positions);
    expect([frame.revision, frame.count, frame.slot[0]]).toEqual([2, 1, 0]);
    expect(frame.lon[0]).toBeCloseTo(104.03, 5);
    expect(frame.status[0]).toBe(unitStatusCode('on_scene'));
  });

  it('keeps a status until the device says another', () => {
    const { positions, ingest } = setUp();
    ingest(device(11), fixAt(5), NOW_MS);
    expect(frameOf(positions).status[0]).toBe(unitStatusCode('patrolling'));
    ingest(device(11), fixAt(4, { statusCode: unitStatusCode('standby') }), NOW_MS);
    ingest(device(11), fixAt(3), NOW_MS);
    expect(frameOf(positions).status[0]).toBe(unitStatusCode('standby'));
  });
});

describe('a wall clock that is set', () => {
  const write = (uptimeMs: () => number) => {
    const positions = createLivePositions(uptimeMs);
    positions.setRoster({ bureauId: BUREAU, revision: 1, bounds: BOUNDS, unitIds: [11] });
    positions.write(BUREAU, 0, fixAt(2));
    return positions;
  };

  it('back by an hour makes no position fresher than the time since it came', () => {
    let uptimeMs = 5000;
    const positions = write(() => uptimeMs);
    expect(frameOf(positions).ageSeconds[0]).toBe(2);
    uptimeMs += 90_000;
    const age = frameOf(positions, NOW_MS - 3_600_000 + 90_000).ageSeconds[0];
    expect(age).toBeGreaterThanOrEqual(90);
    expect(age).toBeLessThan(100);
  });

  it('never stops the numbers of the frames, and another process starts other ones', () => {
    const positions = write(() => 0);
    const [first, second] = [frameOf(positions), frameOf(positions, NOW_MS - 3_600_000)];
    expect(second.stream).toBe(first.stream);
    expect(second.sequence).toBe(first.sequence + 1);
    expect(frameOf(write(() => 0)).stream).not.toBe(first.stream);
  });
});

describe('position ingest', () => {
  it('moves a unit only forward in time: a late fix goes into the track and nowhere else', () => {
    const { positions, ingest, tracked } = setUp();
    expect(ingest(device(11), fixAt(1, { lon: 104.02 }), NOW_MS)).toBe('live');
    expect(ingest(device(11), fixAt(60, { lon: 104.09 }), NOW_MS)).toBe('late');
    expect(frameOf(positions).lon[0]).toBeCloseTo(104.02, 5);
    expect(tracked.map(({ lon }) => lon)).toEqual([104.02, 104.09]);
  });

  it('stores a fix that is sent again once', () => {
    const { ingest, tracked } = setUp();
    expect([ingest(device(11), fixAt(1), NOW_MS), ingest(device(11), fixAt(1), NOW_MS)]).toEqual(['live', 'repeated']);
    expect(tracked).toHaveLength(1);
  });

  it.each<[string, Partial<Fix> & { secondsAgo?: number }, number | null]>([
    ['null_island', { lon: 0, lat: 0 }, 11],
    ['outside_bureau', { lon: 104.2 }, 11],
    ['in_the_future', { secondsAgo: -61 }, 11],
    ['too_old', { secondsAgo: 32 * 86_400 }, 11],
    ['not_valid', { valid: false }, 11],
    ['no_unit', {}, null],
    ['no_unit', {}, 99],
  ])('refuses: %s', (outcome, { secondsAgo = 0, ...change }, unitId) => {
    const { positions, ingest, tracked } = setUp();
    expect(ingest(device(unitId), fixAt(secondsAgo, change), NOW_MS)).toBe(outcome);
    expect(frameOf(positions).count).toBe(0);
    expect(tracked).toEqual([]);
  });

  it('bears a clock that runs a little ahead, as fresh as can be', () => {
    const { positions, ingest } = setUp();
    expect(ingest(device(11), fixAt(-59), NOW_MS)).toBe('live');
    expect(frameOf(positions).ageSeconds[0]).toBeLessThanOrEqual(0.5);
  });
});
