/** What the response model assumes of a plan that nobody has measured: said wherever its figures stand, the same on server and console. */
export const RESPONSE_ASSUMPTIONS = {
  /** A drive over the straight line. */
  detourFactor: 1.3,
  speedKmh: 25,
  /** Work at the scene of a call. */
  sceneMinutes: 30,
  /** 1-3-5. */
  tierMinutes: [1, 3, 5],
} as const;
