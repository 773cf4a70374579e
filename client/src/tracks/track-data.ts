import { useQuery } from '@tanstack/react-query';
import { decodeColumnBlock, type Roster, type TrackBlockMeta, type Unit } from '@xunfang/geo-data/contract';
import { POSITION_LIMITS, STOP_RULES, segmentTrack, type TrackSegments, type UnitKind } from '@xunfang/geo-data/units';
import { api } from '../connection/index.ts';
import { useBureauSlug } from '../session/index.ts';
import { useStatedPurpose } from '../track-purpose/index.ts';
import { compareNames, useUrlState } from '../ui/index.ts';
import { useRoster } from '../units/index.ts';
import { type Period, useTimeline } from './timeline-store.ts';
import { isShown, UNITS_FILTER, unitChoiceCodec } from './unit-choice.ts';

/** One unit's fixes of the period, views into the block, and what it did. */
export interface UnitTrack {
  id: number;
  callSign: string;
  simulated: boolean;
  /** As the roster has it now; undefined for a unit that left it. */
  unit: Unit | undefined;
  seconds: Uint32Array;
  lon: Float64Array;
  lat: Float64Array;
  speedKmh: Float32Array;
  segments: TrackSegments;
  /** Silence longer than this is no signal. */
  maxGapSeconds: number;
}

export interface PeriodTracks {
  period: Period;
  stepSeconds: number;
  archivedDays: readonly string[];
  /** By call sign, those that were not heard at all last; of those that were read the ones that are chosen. */
  units: readonly UnitTrack[];
  /** All that were read. */
  read: readonly UnitTrack[];
  fixes: number;
}

/** The tracks of the period on the timeline; asked for only with a purpose. */
export function usePeriodTracks() {
  const bureau = useBureauSlug();
  const period = useTimeline((state) => state.period);
  const asked = useTimeline((state) => state.askedUnits);
  const choice = useUrlState((state) => state.filters[UNITS_FILTER] ?? null);
  const stated = useStatedPurpose(bureau);
  const { data: roster } = useRoster();
  // What is on screen stays when the ten minutes are over: only another look asks again.
  const query = useQuery({
    queryKey: ['track-block', bureau, period, asked],
    queryFn: async ({ signal }) => {
      const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
      const { fromSeconds = 0, toSeconds = 0 } = period ?? {};
      const units = asked?.join(',');
      const wanted = { bureau, from: iso(fromSeconds), to: iso(toSeconds), units, ...stated };
      return decodeColumnBlock<TrackBlockMeta>(await api.binary('/api/track-blocks', { query: wanted, signal }));
    },
    enabled: period !== null && stated !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return {
    ...query,
    tracks: query.data && period ? lastShownOf(lastTracksOf(query.data, period, roster), choice) : undefined,
  };
}

let last: { of: Parameters<typeof tracksOf>; tracks: PeriodTracks } | undefined;

/** The timeline and the map show the same tracks: they are cut once for both. */
function lastTracksOf(...of: Parameters<typeof tracksOf>): PeriodTracks {
  if (!last || of.some((part, i) => part !== last?.of[i])) last = { of, tracks: tracksOf(...of) };
  return last.tracks;
}

let lastShown: { of: [PeriodTracks, string | null]; tracks: PeriodTracks } | undefined;

/** Those of the choice in the address. */
function lastShownOf(...of: [PeriodTracks, string | null]): PeriodTracks {
  if (lastShown && of.every((part, i) => part === lastShown?.of[i])) return lastShown.tracks;
  const [tracks, text] = of;
  const choice = unitChoiceCodec.parse(text);
  lastShown = { of, tracks: { ...tracks, units: tracks.read.filter(({ id }) => isShown(choice, id)) } };
  return lastShown.tracks;
}

/** O(fixes): cuts every unit's track once. */
export function tracksOf(
  { meta, columns }: { meta: TrackBlockMeta; columns: Record<string, unknown> },
  period: Period,
  roster: Roster | undefined,
): PeriodTracks {
  const firstRow = columns.firstRow as Uint32Array;
  const units = meta.units.map((tracked, i): UnitTrack => {
    const [from, to] = [firstRow[i], firstRow[i + 1]];
    const view = <Column extends { subarray(from: number, to: number): Column }>(name: string) =>
      (columns[name] as Column).subarray(from, to);
    const kind = tracked.kind as UnitKind;
    const limits = roster?.ageThresholdsSeconds[kind] ?? POSITION_LIMITS[kind].ageThresholdsSeconds;
    // A thinned track has a fix only every so often: that is neither silence nor an excursion.
    const maxGapSeconds = Math.max(limits[2], 3 * meta.stepSeconds);
    const track = {
      seconds: view<Uint32Array>('seconds'),
      lon: view<Float64Array>('lon'),
      lat: view<Float64Array>('lat'),
    };
    return {
      ...track,
      id: tracked.id,
      callSign: tracked.callSign,
      simulated: tracked.simulated,
      unit: roster?.units.find(({ id }) => id === tracked.id),
      speedKmh: view<Float32Array>('speedKmh'),
      maxGapSeconds,
      segments: segmentTrack(track, period.fromSeconds, period.toSeconds, {
        maxGapSeconds,
        maxExcursionSeconds: Math.max(STOP_RULES.maxExcursionSeconds, 6 * meta.stepSeconds),
      }),
    };
  });
  const unheard = ({ seconds }: UnitTrack) => Number(seconds.length === 0);
  units.sort((a, b) => unheard(a) - unheard(b) || compareNames(a.callSign, b.callSign));
  const { stepSeconds, archivedDays } = meta;
  return { period, stepSeconds, archivedDays, units, read: units, fixes: firstRow[meta.units.length] };
}
