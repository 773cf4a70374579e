import { offsetAt, utcOffsets } from '../incidents/index.ts';
import { createSeededRandom, type SeededRandom } from '../numeric/index.ts';
import { HOUR_WEIGHTS, WEEK_WEIGHTS } from './category-profiles.ts';
import { type IncidentPlace, type IncidentSurface, samplePlace, samplePlaceNear } from './incident-surface.ts';
import { cumulativeWeights, weightedChoice } from './weighted-choice.ts';

export interface GenerateOptions {
  seed: number;
  surface: IncidentSurface;
  /** IANA name of the bureau's zone. */
  timeZone: string;
  /** End of the period, excluded; seconds since 1970 UTC. */
  endsAtSeconds: number;
  months?: number;
  /** Expected number; the true one differs by about its square root. */
  expectedCount?: number;
}

/** Generated incidents, ascending by time; columns of `count` elements. */
export interface GeneratedIncidents {
  count: number;
  /** Seconds since 1970 UTC. */
  occurredAtSeconds: Uint32Array;
  /** When the call came in: the same or later, never after the end of the period. */
  receivedAtSeconds: Uint32Array;
  /** WGS 84 degrees. */
  lon: Float64Array;
  lat: Float64Array;
  /** Index into `surface.profiles`. */
  profile: Uint16Array;
  /** 1: found by officers themselves. */
  selfInitiated: Uint8Array;
  /** 0: first of its chain; 1: again at the very place; 2: again near it. */
  repeat: Uint8Array;
  address: string[];
}

interface Event {
  atSeconds: number;
  profile: number;
  place: IncidentPlace;
  repeat: number;
}

const DAY_SECONDS = 86_400;
/** Nothing follows an incident after this many days, nor farther away than `NEAR_METERS`. */
const CONTAGION_DAYS = 14;
const CONTAGION_MEAN_DAYS = 4;
const NEAR_METERS = 180;
const SAME_PLACE_SHARE = 0.4;
/** Summer above, winter below the mean by this share; the whole falls by `YEARLY_DECLINE` in a year. */
const SEASON_SHARE = 0.16;
const SEASON_PEAK_DAY = 205;
const YEARLY_DECLINE = 0.06;

/**
 * Months of incidents by a documented process (README.md): first incidents from a clustered Poisson process with
 * seasonal trend, weekday and hour pattern per category; each brings a Poisson number of repeats and near repeats
 * within 14 days, which bring their own (a branching process after Mohler et al., JASA 106, 2011). The same options give
 * the same incidents. O(count · street points) for the near repeats, about 0.3 s for 22,000.
 */
export function generateIncidents(options: GenerateOptions): GeneratedIncidents {
  const { seed, surface, timeZone, endsAtSeconds, months = 18, expectedCount = 22_000 } = options;
  const startsAtSeconds = monthsBefore(endsAtSeconds, months);
  if (!(startsAtSeconds > 0 && endsAtSeconds > startsAtSeconds)) {
    throw new RangeError(`Got ${months} months up to ${endsAtSeconds} s, expected a period after 1970.`);
  }
  const random = createSeededRandom(seed);
  const { profiles } = surface;
  const calendar = createCalendar(timeZone, startsAtSeconds, endsAtSeconds);
  const daySums = profiles.map(({ week }) => cumulativeWeights(calendar.dayWeights(WEEK_WEIGHTS[week])));
  const hourSums = profiles.map(({ hours }) => cumulativeWeights(HOUR_WEIGHTS[hours]));
  const totalShare = profiles.reduce((sum, { share }) => sum + share, 0);

  const events: Event[] = [];
  for (const [profile, { share, contagion }] of profiles.entries()) {
    const firsts = random.poisson(((expectedCount * share) / totalShare) * (1 - contagion));
    for (let i = 0; i < firsts; i++) {
      const day = weightedChoice(random, daySums[profile]);
      const atSeconds = calendar.instant(day, secondOfDay(random, hourSums[profile]));
      events.push({ atSeconds, profile, place: samplePlace(random, surface, profile), repeat: 0 });
    }
  }
  // The list grows while it is read: followers have followers.
  for (const cause of events) {
    const followers = random.poisson(profiles[cause.profile].contagion);
    for (let i = 0; i < followers; i++) events.push(follow(random, surface, cause, hourSums[cause.profile], calendar));
  }
  const kept = events
    .filter(({ atSeconds }) => atSeconds >= startsAtSeconds && atSeconds < endsAtSeconds)
    .sort((a, b) => a.atSeconds - b.atSeconds);
  return toColumns(random, surface, kept, endsAtSeconds);
}

function follow(
  random: SeededRandom,
  surface: IncidentSurface,
  cause: Event,
  hourSums: Float64Array,
  calendar: Calendar,
): Event {
  // Exponential waiting time cut off at CONTAGION_DAYS by inversion.
  const cut = 1 - Math.exp(-CONTAGION_DAYS / CONTAGION_MEAN_DAYS);
  const days = Math.ceil(-CONTAGION_MEAN_DAYS * Math.log(1 - random.uniform() * cut));
  const atSeconds = calendar.instant(calendar.dayOf(cause.atSeconds) + days, secondOfDay(random, hourSums));
  const same = random.uniform() < SAME_PLACE_SHARE;
  const place = same ? cause.place : samplePlaceNear(random, surface, cause.place, NEAR_METERS);
  return { atSeconds, profile: cause.profile, place, repeat: same ? 1 : 2 };
}

function secondOfDay(random: SeededRandom, hourSums: Float64Array): number {
  return weightedChoice(random, hourSums) * 3600 + random.int(3600);
}

function toColumns(
  random: SeededRandom,
  { profiles }: IncidentSurface,
  events: readonly Event[],
  endsAtSeconds: number,
): GeneratedIncidents {
  return {
    count: events.length,
    occurredAtSeconds: Uint32Array.from(events, ({ atSeconds }) => atSeconds),
    receivedAtSeconds: Uint32Array.from(events, ({ atSeconds }) =>
      Math.min(endsAtSeconds, atSeconds + 20 + Math.round(-150 * Math.log(1 - random.uniform()))),
    ),
    lon: Float64Array.from(events, ({ place }) => place.lon),
    lat: Float64Array.from(events, ({ place }) => place.lat),
    profile: Uint16Array.from(events, ({ profile }) => profile),
    selfInitiated: Uint8Array.from(events, ({ profile }) =>
      random.uniform() < profiles[profile].selfInitiated ? 1 : 0,
    ),
    repeat: Uint8Array.from(events, ({ repeat }) => repeat),
    address: events.map(({ place }) => place.address),
  };
}

interface Calendar {
  dayOf(atSeconds: number): number;
  /** UTC seconds of a local second of local day `day` (0 = first day of the period). */
  instant(day: number, secondOfLocalDay: number): number;
  dayWeights(week: readonly number[]): Float64Array;
}

function createCalendar(timeZone: string, startsAtSeconds: number, endsAtSeconds: number): Calendar {
  const margin = 2 * DAY_SECONDS;
  const offsets = utcOffsets(timeZone, startsAtSeconds - margin, endsAtSeconds + (CONTAGION_DAYS + 2) * DAY_SECONDS);
  const localDay = (atSeconds: number): number => Math.floor((atSeconds + offsetAt(offsets, atSeconds)) / DAY_SECONDS);
  const firstDay = localDay(startsAtSeconds);
  const days = localDay(endsAtSeconds) - firstDay + 1;
  return {
    dayOf: (atSeconds) => localDay(atSeconds) - firstDay,
    instant(day, secondOfLocalDay) {
      const local = (firstDay + day) * DAY_SECONDS + secondOfLocalDay;
      return local - offsetAt(offsets, local - offsetAt(offsets, local));
    },
    dayWeights(week) {
      return Float64Array.from({ length: days }, (_, day) => {
        const date = firstDay + day;
        const dayOfYear = date % 365.2425;
        const season = 1 + SEASON_SHARE * Math.cos((2 * Math.PI * (dayOfYear - SEASON_PEAK_DAY)) / 365.2425);
        // 1970-01-01 was a Thursday.
        return week[(date + 3) % 7] * season * (1 - YEARLY_DECLINE * (day / 365));
      });
    },
  };
}

function monthsBefore(atSeconds: number, months: number): number {
  const date = new Date(atSeconds * 1000);
  date.setUTCMonth(date.getUTCMonth() - months);
  return Math.floor(date.getTime() / 1000);
}
