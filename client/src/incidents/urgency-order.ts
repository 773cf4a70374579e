import type { IncidentView } from '@xunfang/geo-data/contract';
import { FINAL_INCIDENT_STATES } from '@xunfang/geo-data/incidents';

/** The list after one incident changed: replaced, added, or gone when nobody has to do anything any more. */
export function withChange(list: readonly IncidentView[], changed: IncidentView): IncidentView[] {
  const others = list.filter((incident) => incident.id !== changed.id);
  return isFinished(changed) ? others : inOrder([...others, changed]);
}

/** Most urgent first, then longest waiting. */
export function inOrder(incidents: readonly IncidentView[]): IncidentView[] {
  return [...incidents].sort((a, b) => a.priority - b.priority || Date.parse(a.receivedAt) - Date.parse(b.receivedAt));
}

/** Nobody of this bureau has to do anything any more. */
export function isFinished(incident: IncidentView): boolean {
  return FINAL_INCIDENT_STATES.includes(incident.state) || incident.state === 'transferred';
}

/** Nobody has been sent yet: someone must decide now. */
export function isWaiting({ state }: Pick<IncidentView, 'state'>): boolean {
  return state === 'received' || state === 'classified' || state === 'returned';
}
