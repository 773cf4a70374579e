/** The instant (RFC 3339, UTC) of a wall-clock time `YYYY-MM-DDTHH:mm` in a zone. A time that a clock change skips lands after it. */
export function instantOf(localTime: string, timeZone: string): string {
  const wanted = Date.parse(`${localTime}Z`);
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  let instant = wanted;
  // Twice, because the first guess may lie on the other side of a clock change.
  for (let round = 0; round < 2; round++) {
    const shown = Date.parse(`${format.format(instant).replace(' ', 'T')}Z`);
    instant += wanted - shown;
  }
  return new Date(instant).toISOString();
}

/** `YYYY-MM-DD` of an instant in a zone, as date fields want it. */
export function localDate(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(atMs);
}
