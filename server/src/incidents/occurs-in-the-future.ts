/** Clocks of source systems are not all right: up to this much ahead is taken as now. */
const CLOCK_TOLERANCE_SECONDS = 5 * 60;

export function occursInTheFuture(occurredAtSeconds: number, nowSeconds: number): boolean {
  return occurredAtSeconds > nowSeconds + CLOCK_TOLERANCE_SECONDS;
}
