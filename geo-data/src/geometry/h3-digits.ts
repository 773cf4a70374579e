/**
 * The planar arithmetic below H3: axial coordinates (a, b) of a hexagonal lattice whose axes i and j are 120° apart,
 * and the aperture-7 hierarchy on it. Source: the H3 documentation, "Core library / coordinate systems"; the matrices
 * follow from one child step being a rotation by ±asin(√(3/28)) and a scaling by √7.
 */

/** Digit (1-6) of the unit step (a, b), at index (a + 1) * 3 + (b + 1). Index 4 is the centre; 2 and 6 are no steps. */
export const DIGIT_OF_STEP = Uint8Array.of(1, 3, 0, 5, 0, 2, 0, 4, 6);
export const STEP_A_OF_DIGIT = Int8Array.of(0, -1, 0, -1, 1, 0, 1);
export const STEP_B_OF_DIGIT = Int8Array.of(0, -1, 1, 0, 0, -1, 1);

/** The digit after a turn by 60° counter-clockwise. */
const TURNED = Uint8Array.of(0, 5, 3, 1, 6, 4, 2, 7);

/** Digit after `turns` (0-5) turns by 60° counter-clockwise, at index turns * 8 + digit. */
export const TURNED_DIGIT = new Uint8Array(48);
for (let digit = 0; digit < 8; digit++) {
  let turned = digit;
  for (let turns = 0; turns < 6; turns++) {
    TURNED_DIGIT[turns * 8 + digit] = turned;
    turned = TURNED[turned];
  }
}
