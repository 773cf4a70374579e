import type { HotspotColumns } from '@xunfang/geo-data/contract';
import { classOf, quantileBreaks } from '@xunfang/geo-data/numeric';
import { DIVERGING_RAMP, SEQUENTIAL_RAMP } from '../ui/tokens.ts';

export const MEASURES = ['count', 'rate', 'density', 'significance'] as const;
export type Measure = (typeof MEASURES)[number];

/** Class of a cell that is not drawn. */
export const UNDRAWN = 255;
export const SIGNIFICANCE_CLASSES = ['cold99', 'cold95', 'none', 'hot95', 'hot99'] as const;
const NOT_SIGNIFICANT = 2;

export interface ClassedGrid {
  measure: Measure;
  /** One per cell: index of its class, or UNDRAWN. */
  classOfCell: Uint8Array;
  /** `#RRGGBB` and opacity of every class, low to high. */
  colours: readonly { colour: string; opacity: number }[];
  /** Lower bound of every class; empty for significance, whose classes have names. */
  lowerBounds: readonly number[];
}

export function valuesOf(columns: HotspotColumns, measure: Measure): Uint32Array | Float32Array {
  if (measure === 'count') return columns.count;
  if (measure === 'rate') return columns.ratePerKm2;
  return measure === 'density' ? columns.densityPerKm2 : columns.giZ;
}

/** Which class each cell falls into. Sequential measures: quantiles of the positive values; zero is nothing and is not drawn. */
export function classifyGrid(columns: HotspotColumns, measure: Measure): ClassedGrid {
  const count = columns.count.length;
  const classOfCell = new Uint8Array(count).fill(UNDRAWN);
  if (measure === 'significance') {
    for (let cell = 0; cell < count; cell++) {
      const strength = columns.giQ[cell] <= 0.01 ? 2 : columns.giQ[cell] <= 0.05 ? 1 : 0;
      const index = NOT_SIGNIFICANT + Math.sign(columns.giZ[cell]) * strength;
      // What is not significant stays uncoloured wherever there is nothing to see.
      if (index !== NOT_SIGNIFICANT || columns.count[cell] > 0) classOfCell[cell] = index;
    }
    const colours = DIVERGING_RAMP.map((colour, index) => ({
      colour,
      opacity: index === NOT_SIGNIFICANT ? 0.12 : 0.8,
    }));
    return { measure, classOfCell, colours, lowerBounds: [] };
  }
  const values = valuesOf(columns, measure);
  const breaks = quantileBreaks(values, SEQUENTIAL_RAMP.length);
  for (let cell = 0; cell < count; cell++) {
    const index = classOf(values[cell], breaks);
    if (index >= 0) classOfCell[cell] = index;
  }
  let smallest = Number.POSITIVE_INFINITY;
  for (let cell = 0; cell < count; cell++) if (values[cell] > 0 && values[cell] < smallest) smallest = values[cell];
  const lowerBounds = Array.from(breaks, (_, index) => (index === 0 ? smallest : breaks[index - 1]));
  return { measure, classOfCell, colours: rampOf(breaks.length), lowerBounds };
}

/** Few classes still use the whole ramp: the highest is always the brightest. */
function rampOf(classes: number): { colour: string; opacity: number }[] {
  const last = SEQUENTIAL_RAMP.length - 1;
  return Array.from({ length: classes }, (_, index) => ({
    colour: SEQUENTIAL_RAMP[classes === 1 ? last : Math.round((index * last) / (classes - 1))],
    opacity: index === 0 && classes > 1 ? 0.25 : 0.78,
  }));
}
