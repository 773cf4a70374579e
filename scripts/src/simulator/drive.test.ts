import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, driveHasEnded, driveLengthMeters, placeOnDrive, startDrive } from './drive.ts';

const DEGREE_METERS = 111_195;

/** Along the equator and then north, at an ordinary speed of 36 km/h. */
function lineOf(...points: [eastMeters: number, northMeters: number][]) {
  const lon = Float64Array.from(points, ([east]) => east / DEGREE_METERS);
  const lat = Float64Array.from(points, ([, north]) => north / DEGREE_METERS);
  const cumulativeMeters = new Float64Array(points.length);
  for (let v = 1; v < points.length; v++) {
    const [east, north] = [points[v][0] - points[v - 1][0], points[v][1] - points[v - 1][1]];
    cumulativeMeters[v] = cumulativeMeters[v - 1] + Math.hypot(east, north);
  }
  return { lon, lat, cumulativeMeters, cumulativeSeconds: cumulativeMeters.map((meters) => meters / 10) };
}

function driveToEnd(line: ReturnType<typeof lineOf>, stepSeconds = 0.25, pace = 1, maxSpeedMps = 30) {
  const drive = startDrive(line);
  const speeds: number[] = [];
  const at: { meters: number; speed: number }[] = [];
  for (let speed = 0; !driveHasEnded(drive) && speeds.length < 10_000; ) {
    speed = advance(drive, speed, stepSeconds, pace, maxSpeedMps);
    speeds.push(speed);
    at.push({ meters: drive.meters, speed });
  }
  return { drive, speeds, at, seconds: speeds.length * stepSeconds };
}

describe('a drive', () => {
  it('always ends, never goes back, never faster than pace and unit allow, and never jerks', () => {
    const point = fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 100 }));
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 2, maxLength: 6 }),
        fc.double({ min: 0.3, max: 1.5, noNaN: true }),
        fc.double({ min: 1.3, max: 25, noNaN: true }),
        (points, pace, maxSpeedMps) => {
          const { drive, at } = driveToEnd(lineOf(...points), 0.25, pace, maxSpeedMps);
          expect(driveHasEnded(drive)).toBe(true);
          for (let i = 0; i < at.length; i++) {
            expect(at[i].meters).toBeGreaterThanOrEqual(i === 0 ? 0 : at[i - 1].meters);
            expect(at[i].speed).toBeLessThanOrEqual(Math.max(0.5, Math.min(maxSpeedMps, 10 * pace)) + 1e-9);
            if (i > 0) expect(at[i].speed - at[i - 1].speed).toBeLessThanOrEqual(0.5 + 1.6 * 0.25);
          }
        },
      ),
    );
  });

  it('takes the time that its roads ordinarily take, and a little for setting off and stopping', () => {
    const { seconds } = driveToEnd(lineOf([0, 0], [1000, 0]));
    expect(seconds).toBeGreaterThan(100);
    expect(seconds).toBeLessThan(115);
  });

  it('slows down for a corner', () => {
    const { at } = driveToEnd(lineOf([0, 0], [200, 0], [200, 200]));
    const atCorner = at.filter(({ meters }) => Math.abs(meters - 200) < 2).map(({ speed }) => speed);
    expect(Math.min(...atCorner)).toBeLessThan(6.5);
    expect(Math.max(...at.map(({ speed }) => speed))).toBeGreaterThan(9);
  });

  it('lies on its line and looks along it', () => {
    const drive = startDrive(lineOf([0, 0], [100, 0], [100, 100]));
    while (drive.meters < 50) advance(drive, 10, 0.1, 1, 10);
    expect(placeOnDrive(drive).lon * DEGREE_METERS).toBeCloseTo(drive.meters, 3);
    expect(placeOnDrive(drive).headingDegrees).toBeCloseTo(90, 3);
    while (drive.meters < 150) advance(drive, 10, 0.1, 1, 10);
    expect(placeOnDrive(drive).headingDegrees).toBeCloseTo(0, 3);
    expect(placeOnDrive(drive).lat * DEGREE_METERS).toBeCloseTo(drive.meters - 100, 2);
  });

  it('has ended before it began when there is nowhere to go', () => {
    const { drive } = driveToEnd(lineOf([5, 5]));
    expect(driveLengthMeters(drive)).toBe(0);
    expect(driveHasEnded(drive)).toBe(true);
  });
});
