declare module 'polylabel' {
  /** Pole of inaccessibility of a polygon's rings, with its distance from the outline. */
  export default function polylabel(
    polygon: readonly (readonly (readonly number[])[])[],
    precision?: number,
  ): [x: number, y: number] & { distance: number };
}
