const SQRT_2 = Math.SQRT2;
const ONE_OVER_SQRT_PI = 0.5641895835477563;

// Coefficients of Cody's rational approximations, highest-degree extra term last.
const A = [3.1611237438705656, 113.864154151050156, 377.485237685302021, 3209.37758913846947, 0.185777706184603153];
const B = [23.6012909523441209, 244.024637934444173, 1282.61652607737228, 2844.23683343917062];
const C = [
  0.564188496988670089, 8.88314979438837594, 66.1191906371416295, 298.635138197400131, 881.95222124176909,
  1712.04761263407058, 2051.07837782607147, 1230.33935479799725, 2.15311535474403846e-8,
];
const D = [
  15.7449261107098347, 117.693950891312499, 537.181101862009858, 1621.38957456669019, 3290.79923573345963,
  4362.61909014324716, 3439.36767414372164, 1230.33935480374942,
];
const P = [
  0.305326634961232344, 0.360344899949804439, 0.125781726111229246, 0.0160837851487422766, 6.58749161529837803e-4,
  0.0163153871373020978,
];
const Q = [
  2.56852019228982242, 1.87295284992346047, 0.527905102951428412, 0.0605183413124413191, 0.00233520497626869185,
];

/**
 * Complementary error function, relative error below 1e-14 until it underflows near x = 26.5.
 * Source: W. J. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969).
 */
export function erfc(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.46875) {
    const square = y * y;
    let top = A[4] * square;
    let bottom = square;
    for (let i = 0; i < 3; i++) {
      top = (top + A[i]) * square;
      bottom = (bottom + B[i]) * square;
    }
    return 1 - (x * (top + A[3])) / (bottom + B[3]);
  }
  let tail: number;
  if (y <= 4) {
    let top = C[8] * y;
    let bottom = y;
    for (let i = 0; i < 7; i++) {
      top = (top + C[i]) * y;
      bottom = (bottom + D[i]) * y;
    }
    tail = (top + C[7]) / (bottom + D[7]);
  } else {
    const inverse = 1 / (y * y);
    let top = P[5] * inverse;
    let bottom = inverse;
    for (let i = 0; i < 4; i++) {
      top = (top + P[i]) * inverse;
      bottom = (bottom + Q[i]) * inverse;
    }
    tail = (ONE_OVER_SQRT_PI - (inverse * (top + P[4])) / (bottom + Q[4])) / y;
  }
  // exp(-y²) in two factors: the first is exact in y² to 1/16, which keeps the last digits of the second.
  const coarse = Math.trunc(y * 16) / 16;
  tail *= Math.exp(-coarse * coarse) * Math.exp(-(y - coarse) * (y + coarse));
  return x < 0 ? 2 - tail : tail;
}

/** Probability that a standard normal deviate is at most z. */
export function normalCumulative(z: number): number {
  return erfc(-z / SQRT_2) / 2;
}

/** Probability that a standard normal deviate is at least |z| away from 0 (the two-sided p value of z). */
export function twoSidedP(z: number): number {
  return erfc(Math.abs(z) / SQRT_2);
}
