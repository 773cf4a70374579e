import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { haversineDistanceMeters } from '@xunfang/geo-data/geometry';
import { describe, expect, it } from 'vitest';
import { motionAt, readRecordedTrack, shiftTrack } from './recorded-track.ts';

const CSV =
  'cab,unix,lat,lon,occupied\na,1213084687,37.75134,-122.39488,0\nb,1213084600,37.7,-122.4,1\na,1213084627,37.75136,-122.39527,0\n';

async function fileWith(content: string | Buffer): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'xunfang-track-')), 'track.csv');
  await writeFile(path, content);
  return path;
}

describe('recorded track', () => {
  it('reads one vehicle, oldest first, gzipped or not', async () => {
    for (const content of [CSV, gzipSync(CSV)]) {
      const track = await readRecordedTrack(await fileWith(content));
      expect([...track.unixSeconds]).toEqual([1213084627, 1213084687]);
      expect([...track.lon]).toEqual([-122.39527, -122.39488]);
    }
    expect((await readRecordedTrack(await fileWith(CSV), 'b')).lat[0]).toBe(37.7);
  });

  it('refuses a file of another form, and a vehicle that is not in it', async () => {
    await expect(readRecordedTrack(await fileWith('a,b\n1,2\n'))).rejects.toThrow('expected unix, lat, lon');
    await expect(readRecordedTrack(await fileWith(CSV), 'c')).rejects.toThrow('no fix of vehicle c');
  });

  it('keeps distances and directions when it is moved', async () => {
    const track = await readRecordedTrack(await fileWith(CSV));
    const moved = shiftTrack(track, 104.06, 30.63);
    expect([moved.lon[0], moved.lat[0]]).toEqual([104.06, 30.63]);
    const meters = ({ lon, lat }: typeof track) => haversineDistanceMeters(lon[0], lat[0], lon[1], lat[1]);
    expect(meters(moved)).toBeCloseTo(meters(track), 1);
    expect(motionAt(moved, 1).headingDegrees).toBeCloseTo(motionAt(track, 1).headingDegrees, 1);
    expect(motionAt(track, 1).speedMps).toBeCloseTo(meters(track) / 60, 6);
  });
});
