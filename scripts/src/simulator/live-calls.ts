import type {
  IncidentDetail,
  IncidentInput,
  IncidentList,
  IncidentView,
  IngestAnswer,
} from '@xunfang/geo-data/contract';
import { haversineDistanceMeters } from '@xunfang/geo-data/geometry';
import type { SeededRandom } from '@xunfang/geo-data/numeric';
import { sampleLiveCall } from '@xunfang/geo-data/simulation';
import { routeBetween, snapToRoad } from '@xunfang/geo-data/streets';
import { AVAILABLE_UNIT_STATUSES, type UnitStatus } from '@xunfang/geo-data/units';
import { RefusedError, ServerAwayError, type ServerLink } from './server-link.ts';
import type { SimulatedCity } from './simulated-city.ts';
import { driveTo, hasArrived, type RoadPlace, type SimulatedUnit, secondsBetween } from './simulated-unit.ts';

type IncidentState = IncidentView['state'];

interface Call {
  id: number;
  place: RoadPlace;
  state: IncidentState;
  unit: SimulatedUnit | undefined;
  dueAtMs: number;
  underWay: boolean;
}

interface LiveCallsOptions {
  city: SimulatedCity;
  units: readonly SimulatedUnit[];
  link: ServerLink;
  random: SeededRandom;
  /** Milliseconds of simulated time; what the server is told is the real one. */
  nowMs: () => number;
  timeZone: string;
  log: (line: string) => void;
}

const SOURCE = 'simulator';
const CALL_SECONDS: [number, number] = [20, 40];
const MAX_OPEN_CALLS = 12;
const NEAREST_TRIED = 5;
const RETRY_MS = 5000;

/** The next state of a call, and how long a call stays in each state before it. On scene it takes minutes. */
const STEPS: Partial<Record<IncidentState, { next: IncidentState; seconds: [number, number] }>> = {
  received: { next: 'classified', seconds: [4, 15] },
  classified: { next: 'dispatched', seconds: [4, 20] },
  returned: { next: 'dispatched', seconds: [4, 20] },
  dispatched: { next: 'acknowledged', seconds: [5, 35] },
  acknowledged: { next: 'en_route', seconds: [5, 25] },
  en_route: { next: 'on_scene', seconds: [0, 0] },
  on_scene: { next: 'resolved', seconds: [100, 360] },
  resolved: { next: 'feedback', seconds: [15, 60] },
  feedback: { next: 'closed', seconds: [10, 40] },
};
/** What a unit does in each state of its call. */
const UNIT_STATUS: Partial<Record<IncidentState, UnitStatus>> = {
  dispatched: 'dispatched',
  acknowledged: 'acknowledged',
  en_route: 'en_route',
  on_scene: 'on_scene',
};
const NEEDS_UNIT: ReadonlySet<IncidentState> = new Set(['dispatched', 'acknowledged', 'en_route', 'on_scene']);

/** Demonstration calls: they come in, the nearest free unit answers, and the incident goes through its states with it. */
export function createLiveCalls({ city, units, link, random, nowMs, timeZone, log }: LiveCallsOptions) {
  const calls: Call[] = [];
  const run = Date.now().toString(36);
  let made = 0;
  let resumed = false;
  let calling = false;
  let nextCallMs = 0;

  const dueAfter = (state: IncidentState): number =>
    nowMs() + secondsBetween(random, STEPS[state]?.seconds ?? [0, 0]) * 1000;

  function addCall({ id, lon, lat, state }: Pick<IncidentView, 'id' | 'lon' | 'lat' | 'state'>): void {
    const place = snapToRoad(city.index, lon, lat);
    if (place === undefined || STEPS[state] === undefined) return;
    calls.push({ id, place, state, unit: undefined, dueAtMs: dueAfter(state), underWay: false });
  }

  /** Calls that an earlier run left open are brought to their end. */
  async function resume(): Promise<void> {
    const list = await link.get<IncidentList>('/api/incidents?state=open&limit=1000');
    for (const incident of list?.incidents ?? []) if (incident.source === SOURCE) addCall(incident);
    resumed = true;
    nextCallMs = nowMs() + secondsBetween(random, CALL_SECONDS) * 500;
  }

  async function takeCall(): Promise<void> {
    nextCallMs = nowMs() + secondsBetween(random, CALL_SECONDS) * 1000;
    const receivedMs = Date.now();
    const { lon, lat, categoryId, priority, address } = sampleLiveCall(
      random,
      city.surface,
      receivedMs / 1000,
      timeZone,
    );
    const category = city.categoryPaths.get(categoryId);
    const input: IncidentInput = {
      source: SOURCE,
      sourceId: `${run}-${++made}`,
      occurredAt: new Date(receivedMs - secondsBetween(random, [20, 240]) * 1000).toISOString(),
      receivedAt: new Date(receivedMs).toISOString(),
      lon,
      lat,
      coordinateSystem: 'WGS84',
      ...(category === undefined ? {} : { category }),
      priority,
      origin: 'public',
      address,
      state: 'received',
    };
    const { items } = await link.post<IngestAnswer>('/api/incidents', input);
    const [item] = items;
    if (item?.id === undefined) log(`a call was not taken: ${item?.reason ?? '?'} ${item?.message ?? ''}`);
    else addCall({ id: item.id, lon, lat, state: 'received' });
  }

  async function step(call: Call): Promise<void> {
    const next = STEPS[call.state]?.next;
    if (next === undefined) return drop(call);
    if (NEEDS_UNIT.has(next) && call.unit === undefined) {
      call.unit = nearestUnit(call.place);
      if (call.unit === undefined) {
        call.dueAtMs = nowMs() + RETRY_MS;
        return;
      }
      call.unit.busy = true;
      if (next === 'on_scene') sendOff(call, call.unit);
    }
    if (next === 'on_scene' && call.unit !== undefined && !hasArrived(call.unit)) return;
    const note = next === 'dispatched' && call.unit ? call.unit.device.callSign : undefined;
    await link.post<IncidentDetail>(`/api/incidents/${call.id}/transitions`, {
      to: next,
      ...(note === undefined ? {} : { note }),
    });
    enter(call, next);
  }

  function enter(call: Call, state: IncidentState): void {
    call.state = state;
    call.dueAtMs = dueAfter(state);
    const status = UNIT_STATUS[state];
    if (call.unit !== undefined && status !== undefined) call.unit.status = status;
    if (state === 'en_route' && call.unit !== undefined) sendOff(call, call.unit);
    if (state === 'resolved') release(call);
    if (STEPS[state] === undefined) drop(call);
  }

  function sendOff(call: Call, unit: SimulatedUnit): void {
    unit.status = 'en_route';
    if (!driveTo(unit, call.place, city)) unit.drive = undefined;
  }

  function release({ unit }: Call): void {
    if (unit === undefined) return;
    unit.status = unit.status === 'on_scene' ? 'cleared' : 'patrolling';
    unit.busy = false;
    unit.waitsUntilMs = nowMs() + secondsBetween(random, [8, 25]) * 1000;
  }

  function drop(call: Call): void {
    if (NEEDS_UNIT.has(call.state) || call.unit?.busy) release(call);
    const at = calls.indexOf(call);
    if (at >= 0) calls.splice(at, 1);
  }

  /** Somebody at a console was faster: go on from where the call is now. */
  async function catchUp(call: Call): Promise<void> {
    const detail = await link.get<IncidentDetail>(`/api/incidents/${call.id}`);
    const state = detail?.incident.state;
    if (state === undefined || STEPS[state] === undefined) drop(call);
    else if (state === call.state) call.dueAtMs = nowMs() + RETRY_MS;
    else enter(call, state);
  }

  async function work(call: Call): Promise<void> {
    call.underWay = true;
    try {
      await step(call).catch((cause: unknown) => {
        if (cause instanceof RefusedError && cause.status === 409) return catchUp(call);
        throw cause;
      });
    } catch (cause) {
      if (cause instanceof RefusedError) {
        log(`call ${call.id}: ${cause.message}`);
        drop(call);
      } else if (cause instanceof ServerAwayError) call.dueAtMs = nowMs() + RETRY_MS;
      else throw cause;
    } finally {
      call.underWay = false;
    }
  }

  /** By driving time among the five nearest as the crow flies. */
  function nearestUnit(place: RoadPlace): SimulatedUnit | undefined {
    const free = units
      .filter((unit) => unit.city.answersCalls && !unit.busy && AVAILABLE_UNIT_STATUSES.includes(unit.status))
      .map((unit) => ({ unit, meters: haversineDistanceMeters(unit.at.lon, unit.at.lat, place.lon, place.lat) }))
      .filter(({ unit, meters }) => unit.city.kind !== 'foot' || meters < 300)
      .sort((a, b) => a.meters - b.meters)
      .slice(0, NEAREST_TRIED);
    let best: { unit: SimulatedUnit; seconds: number } | undefined;
    for (const { unit } of free) {
      const from = snapToRoad(city.index, unit.at.lon, unit.at.lat);
      const path = from && routeBetween(city.graph, from, place, city.workspace);
      if (path !== undefined && (best === undefined || path.seconds < best.seconds))
        best = { unit, seconds: path.seconds };
    }
    return best?.unit;
  }

  async function bringIn(): Promise<void> {
    calling = true;
    try {
      await (resumed ? takeCall() : resume());
    } catch (cause) {
      if (cause instanceof RefusedError) log(`calls: ${cause.message}`);
      else if (!(cause instanceof ServerAwayError)) throw cause;
      nextCallMs = nowMs() + RETRY_MS;
    } finally {
      calling = false;
    }
  }

  return {
    /** Does what is due. */
    tick(): Promise<void>[] {
      if (!link.isOpen()) return [];
      const now = nowMs();
      const due = calls.filter((call) => !call.underWay && now >= call.dueAtMs).map(work);
      if (!calling && now >= nextCallMs && calls.length < MAX_OPEN_CALLS) due.push(bringIn());
      return due;
    },
  };
}
