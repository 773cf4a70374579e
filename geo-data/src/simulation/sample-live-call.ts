import { localSecondsOf } from '../incidents/index.ts';
import type { SeededRandom } from '../numeric/index.ts';
import { HOUR_WEIGHTS } from './category-profiles.ts';
import { type IncidentSurface, samplePlace } from './incident-surface.ts';
import { cumulativeWeights, weightedChoice } from './weighted-choice.ts';

export interface LiveCall {
  occurredAtSeconds: number;
  lon: number;
  lat: number;
  /** Of the bureau's dictionary. */
  categoryId: number;
  priority: number;
  address: string;
}

/** One call as it may come in at `atSeconds` (since 1970 UTC): a category likely at this local hour, at a place it is likely. */
export function sampleLiveCall(
  random: SeededRandom,
  surface: IncidentSurface,
  atSeconds: number,
  timeZone: string,
): LiveCall {
  const hour = Math.floor(localSecondsOf(atSeconds, timeZone) / 3600) % 24;
  const weights = surface.profiles.map(({ share, hours, selfInitiated }) => {
    const ofDay = HOUR_WEIGHTS[hours];
    return (share * (1 - selfInitiated) * ofDay[hour]) / ofDay.reduce((sum, weight) => sum + weight, 0);
  });
  const profile = weightedChoice(random, cumulativeWeights(weights));
  const { categoryId, priority } = surface.profiles[profile];
  const { lon, lat, address } = samplePlace(random, surface, profile);
  return { occurredAtSeconds: Math.floor(atSeconds), lon, lat, categoryId, priority, address };
}
