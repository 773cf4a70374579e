import type { BeatAttributes, DraftPlan } from '@xunfang/geo-data/beats';
import { AREA_HUES } from '../../ui/tokens.ts';

/** The lowest number that no standing area has. */
export function freeNumber(areas: readonly { number: number; removed: boolean }[]): number {
  const taken = new Set(areas.filter(({ removed }) => !removed).map(({ number }) => number));
  let number = 1;
  while (taken.has(number)) number++;
  return number;
}

/** Attributes for a beat to be added: the lowest free number, the name a designed beat of that number has, another hue than the beat it comes from. */
export function newBeat({ beats }: DraftPlan, zone: number, unlikeColour: number): BeatAttributes {
  const number = freeNumber(beats);
  return {
    number,
    name: { zh: `第${String(number).padStart(2, '0')}巡区`, en: `Beat ${number}` },
    colour: (unlikeColour + 3) % AREA_HUES.length,
    locked: false,
    zone,
  };
}
