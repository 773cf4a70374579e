import type { ForceLayer } from '@xunfang/geo-data/units';
import { PLANNED } from './live-units.ts';

const SHAPES: Record<ForceLayer, string> = {
  armed_patrol: 'M8 1.5L13 14L8 10.5L3 14z',
  station_patrol: 'M8 2L13 13.5H3z',
  office_overlay: 'M8 1.5L12 7.5L8 14.5L4 7.5z',
  community_joint: 'M8 4.2a4.3 4.3 0 1 0 0 8.6a4.3 4.3 0 1 0 0-8.6M6.3 4L8 1.2L9.7 4',
};

/** The mark of the map in lists and legends: shape by force layer, line by age class, a cross where it is only planned. */
export function UnitMark({ forceLayer, age }: { forceLayer: ForceLayer; age: number }) {
  return (
    <svg viewBox="0 0 16 16" width="1.1em" height="1.1em" aria-hidden>
      <path
        d={SHAPES[forceLayer]}
        fill={age === 0 ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth={age >= 3 ? 1 : 1.5}
        strokeDasharray={age === 2 ? '2.4 1.6' : age >= 3 ? '0.8 2' : undefined}
        strokeLinejoin="round"
      />
      {age === PLANNED ? <path d="M6 9.5h4M8 7.5v4" stroke="currentColor" strokeWidth={1.2} fill="none" /> : null}
    </svg>
  );
}
