// The client compiles only what it imports, so the declarations of polylabel must be named.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./polylabel.d.ts" />
import polylabel from 'polylabel';

/**
 * The place inside of a polygon that is farthest from its outline, holes included, and how far it is, to `precision`; all in the unit of
 * the rings, which are those of a GeoJSON polygon on a plane. O(vertices) as a rule.
 * Source: V. Agafonkin, polylabel, after D. Garcia-Castellanos & U. Lombardo, Poles of inaccessibility, Scottish Geographical Journal
 * 123 (2007).
 */
export function poleOfInaccessibility(
  rings: readonly (readonly (readonly number[])[])[],
  precision: number,
): { x: number; y: number; distance: number } {
  const pole = polylabel(rings, precision);
  return { x: pole[0], y: pole[1], distance: pole.distance };
}
