/** Fixes of one unit, oldest first, as columns of equal length. */
export interface TrackColumns {
  /** Since the epoch; never falls. */
  seconds: Uint32Array | Float64Array;
  /** Degrees WGS 84. */
  lon: Float64Array;
  lat: Float64Array;
}

/** Fails unless the columns belong together and time does not run backwards. O(n). */
export function assertTrack({ seconds, lon, lat }: TrackColumns): void {
  if (lon.length !== seconds.length || lat.length !== seconds.length)
    throw new RangeError(
      `The track has ${seconds.length} times, ${lon.length} longitudes and ${lat.length} latitudes.`,
    );
  for (let row = 1; row < seconds.length; row++)
    if (!(seconds[row] >= seconds[row - 1]))
      throw new RangeError(`Fix ${row} is at ${seconds[row]} s, expected at least ${seconds[row - 1]}.`);
}
