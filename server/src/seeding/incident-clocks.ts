import { INCIDENT_STATES, type IncidentState } from '@xunfang/geo-data/incidents';
import type { SeededRandom } from '@xunfang/geo-data/numeric';

export interface IncidentEvent {
  state: number;
  atSeconds: number;
}

/** Median seconds from the state before, and how far they spread (σ of the logarithm). Invented, like all of this. */
const STAGES: readonly { state: IncidentState; medianSeconds: number; spread: number }[] = [
  { state: 'classified', medianSeconds: 35, spread: 0.5 },
  { state: 'dispatched', medianSeconds: 25, spread: 0.6 },
  { state: 'acknowledged', medianSeconds: 28, spread: 0.8 },
  { state: 'en_route', medianSeconds: 70, spread: 0.7 },
  { state: 'on_scene', medianSeconds: 260, spread: 0.5 },
  { state: 'resolved', medianSeconds: 1500, spread: 0.6 },
  { state: 'feedback', medianSeconds: 900, spread: 0.8 },
  { state: 'closed', medianSeconds: 1200, spread: 0.7 },
];

/**
 * The event log of a generated incident, along the main line from its receipt as far as it got by `nowSeconds`: incidents of the last
 * hour or so are still open. Log-normal stages, so that a few take long.
 */
export function incidentClocks(random: SeededRandom, receivedAtSeconds: number, nowSeconds: number): IncidentEvent[] {
  const events = [{ state: INCIDENT_STATES.indexOf('received'), atSeconds: receivedAtSeconds }];
  let atSeconds = receivedAtSeconds;
  for (const { state, medianSeconds, spread } of STAGES) {
    atSeconds += Math.max(1, Math.round(medianSeconds * Math.exp(random.normal(0, spread))));
    if (atSeconds > nowSeconds) break;
    events.push({ state: INCIDENT_STATES.indexOf(state), atSeconds });
  }
  return events;
}
