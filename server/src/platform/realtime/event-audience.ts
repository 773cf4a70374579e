import {
  type NumberedEvent,
  RELIABLE_EVENT_ROLES,
  type ReliableEventName,
  type Role,
} from '@xunfang/geo-data/contract';

const NAMES = Object.keys(RELIABLE_EVENT_ROLES) as ReliableEventName[];

/** Those whose roles hear the same events: a batch is cut and encoded once for all of them. */
export interface EventAudience {
  key: string;
  select(events: readonly NumberedEvent[]): NumberedEvent[];
}

const audiences = new Map<string, EventAudience>();

export function audienceOf(roles: readonly Role[]): EventAudience {
  const heard = NAMES.filter((name) => roles.some((role) => RELIABLE_EVENT_ROLES[name].includes(role)));
  const key = heard.join();
  let audience = audiences.get(key);
  if (audience === undefined) {
    const names = new Set<string>(heard);
    audience = { key, select: (events) => events.filter(({ event }) => names.has(event)) };
    audiences.set(key, audience);
  }
  return audience;
}

/** All that anybody has asked for; there are as many as the table of roles has different columns. */
export const knownAudiences = (): Iterable<EventAudience> => audiences.values();
