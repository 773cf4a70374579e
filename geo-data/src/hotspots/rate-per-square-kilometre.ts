/**
 * Incidents per km² of each cell. O(n).
 * @throws when the columns differ in length or an area is not positive.
 */
export function ratePerSquareKilometre(
  counts: ArrayLike<number>,
  areasSquareKilometres: ArrayLike<number>,
): Float64Array {
  if (counts.length !== areasSquareKilometres.length) {
    throw new Error(`Expected ${counts.length} areas, got ${areasSquareKilometres.length}.`);
  }
  const rates = new Float64Array(counts.length);
  for (let row = 0; row < rates.length; row++) {
    const area = areasSquareKilometres[row];
    if (!(area > 0)) throw new Error(`Area in row ${row} must be positive, got ${area} km².`);
    rates[row] = counts[row] / area;
  }
  return rates;
}
