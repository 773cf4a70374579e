import type { ReplayRequest } from '../src/simulation/index.ts';

interface Event {
  at: number;
  kind: 'free' | 'call';
  unit?: Unit;
  call?: Call;
}
interface Unit {
  id: number;
  beat: number;
  home: number;
  last: number;
  freeSince: number;
  homeAt: number;
  busy: boolean;
}
interface Call {
  id: number;
  at: number;
  place: number;
  priority: number;
  service: number;
}

/** The same replay (own beat first, infinite line, no roster) with objects, a sorted list of events and sorted candidates. */
export function plainReplay({ calls, fleet, placeCount, travelSeconds, beatOfPlace }: ReplayRequest): Int16Array {
  const unitOfCall = new Int16Array(calls.count).fill(-1);
  const units: Unit[] = Array.from(fleet.homeOfUnit, (home, id) => ({
    id,
    beat: fleet.beatOfUnit[id],
    home,
    last: home,
    freeSince: 0,
    homeAt: -Infinity,
    busy: false,
  }));
  const travel = (from: number, to: number): number => travelSeconds[from * placeCount + to];
  const drive = (unit: Unit, place: number, now: number): number => {
    if (now >= unit.homeAt) return travel(unit.home, place);
    const way = (now - unit.freeSince) / (unit.homeAt - unit.freeSince);
    return (1 - way) * travel(unit.last, place) + way * travel(unit.home, place);
  };
  const waiting: Call[] = [];
  // Only completions are put in order: calls come ascending anyway.
  const completions: Event[] = [];
  const schedule = (event: Event): void => {
    let i = completions.length;
    while (i > 0 && completions[i - 1].at < event.at) i--;
    completions.splice(i, 0, event);
  };
  const dispatch = (unit: Unit, call: Call, now: number): void => {
    unitOfCall[call.id] = unit.id;
    const work = drive(unit, call.place, now) + call.service;
    unit.busy = true;
    unit.last = call.place;
    schedule({ at: now + work, kind: 'free', unit });
  };
  const handle = (event: Event): void => {
    const now = event.at;
    if (event.kind === 'free' && event.unit !== undefined) {
      const { unit } = event;
      unit.busy = false;
      unit.freeSince = now;
      unit.homeAt = now + travel(unit.last, unit.home);
      waiting.sort((a, b) => a.priority - b.priority || a.id - b.id);
      const next = waiting.shift();
      if (next !== undefined) dispatch(unit, next, now);
    } else if (event.call !== undefined) {
      const { call } = event;
      const beat = beatOfPlace[call.place];
      const [best] = units
        .filter((unit) => !unit.busy)
        .map((unit) => ({ unit, own: Number(unit.beat !== beat), seconds: drive(unit, call.place, now) }))
        .sort((a, b) => a.own - b.own || a.seconds - b.seconds);
      if (best === undefined) waiting.push(call);
      else dispatch(best.unit, call, now);
    }
  };
  for (let id = 0; id < calls.count; id++) {
    const at = calls.atSeconds[id];
    for (let next = completions.at(-1); next !== undefined && next.at <= at; next = completions.at(-1)) {
      completions.pop();
      handle(next);
    }
    const call: Call = {
      id,
      at,
      place: calls.place[id],
      priority: calls.priority[id],
      service: calls.serviceSeconds[id],
    };
    handle({ at, kind: 'call', call });
  }
  while (waiting.length > 0) {
    const next = completions.pop();
    if (next === undefined) break;
    handle(next);
  }
  return unitOfCall;
}
