import { assertBeatsFit, type BeatPlan, UNASSIGNED } from '../beats/index.ts';
import { mean } from '../numeric/index.ts';
import { approximateHypercube } from './approximate-hypercube.ts';
import { atomsOfBeats, type BeatUnits, sortByTravel, unitsOfHomes } from './beat-units.ts';
import { meanOfDispatches, meanOverAtoms, shareOfEnds, sumDispatches } from './dispatch-sums.ts';
import { type HypercubeModel, type HypercubeSolution, MOST_EXACT_UNITS } from './hypercube-model.ts';
import { type KeyPlaceReach, type KeyPlaces, keyPlaceReach } from './key-place-reach.ts';
import { placeHomes } from './place-homes.ts';
import { type DispatchTimes, responseQuantile } from './response-quantile.ts';
import { solveHypercube } from './solve-hypercube.ts';
import { assertTravelModel, type TravelAtoms, type TravelModel, travelFromAtom } from './travel-model.ts';

export interface PlanScorerOptions {
  atoms: TravelAtoms;
  /** One per atom. */
  callsPerHour: Float64Array;
  /** One per atom: mean minutes that a unit works at the scene of a call there; the drive comes on top. */
  sceneMinutes: Float64Array;
  travel: TravelModel;
  /** `own_beat_first` (default): the beat's own unit, if free, else the nearest free one; `nearest`: always the nearest free one. */
  dispatch?: 'own_beat_first' | 'nearest';
  /** What becomes of calls while all units are busy, see `HypercubeModel`; `infinite` by default. */
  line?: HypercubeModel['line'];
  /** With up to this many units the exact model is used, above it the approximation; 16, and no more, by default. */
  mostExactUnits?: number;
  keyPlaces?: KeyPlaces;
  /** Minutes of tiers 1, 2, …; 1, 3 and 5 by default. */
  tierMinutes?: readonly number[];
}

/** Travel counts from dispatch to arrival; response from the coming in of the call, waiting in the line included. */
export interface ResponseTimes<Column> {
  meanTravelMinutes: Column;
  p90TravelMinutes: Column;
  meanResponseMinutes: Column;
  p90ResponseMinutes: Column;
  /** Share of answered calls that the unit of another beat answers. */
  crossBeatShare: Column;
  callsPerHour: Column;
  /** Share of time that the beat's unit works; overall the mean of all units. */
  utilisation: Column;
}

export interface ResponseScore {
  method: 'exact' | 'approximate';
  /** With a line: there is more work than the units can do. Then times are NaN and utilisations 1. */
  overloaded: boolean;
  /** One entry per beat, NaN where it has no calls (times) or no unit (utilisation). */
  beats: ResponseTimes<Float64Array>;
  overall: ResponseTimes<number>;
  /** One per beat: the atom where its unit stands ready, `NO_HOME` for a beat without atoms or post. */
  homeOfBeat: Int32Array;
  waitShare: number;
  meanWaitMinutes: number;
  lossShare: number;
  keyPlaces: KeyPlaceReach | null;
}

export interface PlanScorer {
  /** `postOfBeat`: the atom where each beat's unit stands ready, `NO_HOME` where the centre of its calls decides. */
  score(plan: Pick<BeatPlan, 'beatOfAtom' | 'beatCount'>, postOfBeat?: Int32Array): ResponseScore;
}

/** Minutes of mean service time that still count as a change. */
const SERVICE_TOLERANCE = 1e-4;
/** Tolerance of the exact solver in the first round of calibration and in the last. */
const COARSE = 1e-4;
const FINE = 1e-8;
const MOST_ROUNDS = 12;

/**
 * Scores plans of one city by the hypercube model, one unit per beat: at every stroke of the brush. It holds what outlives a
 * stroke: travel times (only units whose home moved are measured again), the order of units per atom (nearly sorted already)
 * and the last solution (where the next one starts).
 *
 * A unit's service time is its drive plus the work at the scene, in the mean of the calls it is sent to. The approximation
 * takes both by unit and atom; the exact model takes a mean per unit, which is calibrated: solve, take the mean over the
 * dispatches, solve again until it stays (Larson & Odoni, 5.4.5).
 *
 * A stroke costs O(atoms · units) for 10-20 iterations, or O(2 ^ units · units) for the exact model.
 * @throws a RangeError for columns that don't fit the atoms; `score` for a plan that doesn't.
 */
export function createPlanScorer(options: PlanScorerOptions): PlanScorer {
  const { atoms, callsPerHour, sceneMinutes, travel, keyPlaces, tierMinutes = [1, 3, 5] } = options;
  const { dispatch = 'own_beat_first', line = 'infinite' } = options;
  const mostExactUnits = Math.min(options.mostExactUnits ?? MOST_EXACT_UNITS, MOST_EXACT_UNITS);
  assertTravelModel(travel, atoms);
  for (const [name, column] of Object.entries({ callsPerHour, sceneMinutes })) {
    if (column.length !== atoms.count) {
      throw new RangeError(`The column ${name} has ${column.length} values, expected ${atoms.count}.`);
    }
  }
  const allCalls = callsPerHour.reduce((sum, calls) => sum + calls, 0);
  const allAtoms = Uint32Array.from({ length: atoms.count }, (_, atom) => atom);

  let units: BeatUnits = unitsOfHomes(new Int32Array(0));
  let minutes = new Float64Array(0);
  let serviceMinutes = new Float64Array(0);
  let preference = new Uint16Array(0);
  let unitMinutes: Float64Array = new Float64Array(0);
  let lastUtilisation: Float64Array | undefined;
  let lastStates: Float64Array | undefined;

  /** Brings homes, travel times and preferences up to date. */
  function place(beatOfAtom: Uint16Array, homeOfBeat: Int32Array): void {
    const next = unitsOfHomes(homeOfBeat);
    const { count } = next;
    const anew = count !== units.count || next.unitOfBeat.some((unit, beat) => unit !== units.unitOfBeat[beat]);
    if (anew) {
      minutes = new Float64Array(atoms.count * count);
      serviceMinutes = new Float64Array(atoms.count * count);
      preference = Uint16Array.from(minutes, (_, i) => i % count);
      forget();
    }
    for (let unit = 0; unit < count; unit++) {
      if (!anew && next.home[unit] === units.home[unit]) continue;
      travelFromAtom(travel, atoms, next.home[unit], { minutes, columns: count, column: unit });
      for (let atom = 0, i = unit; atom < atoms.count; atom++, i += count) {
        serviceMinutes[i] = minutes[i] + sceneMinutes[atom];
      }
    }
    units = next;
    for (let atom = 0; atom < atoms.count; atom++) {
      const own = dispatch === 'nearest' ? -1 : ownUnit(beatOfAtom[atom]);
      sortByTravel(preference, minutes, atom * count, count, own);
    }
  }

  /** The next score starts from nothing. */
  function forget(): void {
    unitMinutes = new Float64Array(0);
    lastUtilisation = undefined;
    lastStates = undefined;
  }

  function ownUnit(beat: number): number {
    return beat === UNASSIGNED ? -1 : units.unitOfBeat[beat];
  }

  /** null when the units cannot do the work. */
  function solve(method: ResponseScore['method']): HypercubeSolution | null {
    const { count } = units;
    const model = { unitCount: count, regionCount: atoms.count, callsPerHour, preference, line };
    const anyUnit = meanOverAtoms(serviceMinutes, callsPerHour, count);
    // All calls that wait go to whoever becomes free, wherever: the line ends only if there is time for that.
    const capacity = anyUnit.reduce((sum, minutesEach) => sum + 60 / minutesEach, 0);
    if (line === 'infinite' && allCalls >= capacity) return null;
    // What the units took under the plan before is a place to start from, and never decides what is said of this one.
    if (method === 'exact' && unitMinutes.length === count) {
      const continued = calibrate(model, anyUnit, true);
      if (continued !== null) return continued;
      forget();
    }
    const solution = approximateHypercube(
      { ...model, serviceMinutes: anyUnit, serviceMinutesByRegion: serviceMinutes },
      { start: lastUtilisation, tolerance: 1e-8 },
    );
    lastUtilisation = solution.utilisation;
    unitMinutes = meanOfDispatches(solution.dispatchShare, serviceMinutes, count, anyUnit);
    if (method === 'approximate') return solution;
    const calibrated = calibrate(model, anyUnit, false);
    if (calibrated === null) forget();
    return calibrated;
  }

  /** The exact model from `unitMinutes` on; null when the units cannot do the work, or if it has to settle and does not. */
  function calibrate(
    model: Omit<HypercubeModel, 'serviceMinutes'>,
    anyUnit: Float64Array,
    hasToSettle: boolean,
  ): HypercubeSolution | null {
    let rates: Float64Array | undefined;
    let tolerance = COARSE;
    for (let round = 1; ; round++) {
      const capacity = unitMinutes.reduce((sum, minutesEach) => sum + 60 / minutesEach, 0);
      if (line === 'infinite' && allCalls >= capacity) return null;
      const solution = solveHypercube(
        { ...model, serviceMinutes: unitMinutes },
        { start: lastStates, rates, tolerance },
      );
      lastStates = solution.stateProbability;
      rates = solution.rates;
      const next = meanOfDispatches(solution.dispatchShare, serviceMinutes, model.unitCount, anyUnit);
      const change = next.reduce((most, value, unit) => Math.max(most, Math.abs(value - unitMinutes[unit])), 0);
      if (change < SERVICE_TOLERANCE && tolerance === FINE) return solution;
      if (round === MOST_ROUNDS) return hasToSettle ? null : solution;
      unitMinutes = next;
      // No finer than the service times are known so far.
      tolerance = change < SERVICE_TOLERANCE ? FINE : Math.max(FINE, Math.min(tolerance, change * 1e-3));
    }
  }

  return {
    score({ beatOfAtom, beatCount }, postOfBeat) {
      assertPlan(atoms.count, beatOfAtom, beatCount, postOfBeat);
      const homeOfBeat = placeHomes({ atoms, beatOfAtom, beatCount, callsPerHour, postOfBeat });
      place(beatOfAtom, homeOfBeat);
      const { count } = units;
      const method = count <= mostExactUnits ? 'exact' : 'approximate';
      const solution = count > 0 && allCalls > 0 ? solve(method) : null;
      const overloaded = line === 'infinite' && solution === null && allCalls > 0;
      const utilisation = solution?.utilisation ?? new Float64Array(count).fill(overloaded ? 1 : 0);
      const share = solution?.dispatchShare ?? new Float64Array(atoms.count * count);
      const { waitShare, meanWaitMinutes, waitEndsPerMinute } = solution ?? IDLE;
      const times: DispatchTimes = { unitCount: count, minutes, share };
      const withLine: DispatchTimes =
        waitShare > 0
          ? {
              ...times,
              line: {
                ofRegion: callsPerHour.map((calls) => (calls / allCalls) * waitShare),
                ofUnit: shareOfEnds(unitMinutes),
                endsPerMinute: waitEndsPerMinute,
              },
            }
          : times;

      const beats = emptyColumns(beatCount);
      const area = (areaAtoms: Uint32Array): ResponseTimes<number> => {
        const sums = sumDispatches(times, areaAtoms, callsPerHour, (atom) => ownUnit(beatOfAtom[atom]));
        const meanTravelMinutes = sums.travel / sums.share;
        const p90TravelMinutes = responseQuantile(times, areaAtoms, 0.9);
        return {
          meanTravelMinutes,
          p90TravelMinutes,
          meanResponseMinutes: meanTravelMinutes + meanWaitMinutes,
          p90ResponseMinutes: waitShare > 0 ? responseQuantile(withLine, areaAtoms, 0.9) : p90TravelMinutes,
          crossBeatShare: sums.cross / sums.share,
          callsPerHour: sums.calls,
          utilisation: mean(utilisation),
        };
      };
      for (const [beat, beatAtoms] of atomsOfBeats(beatOfAtom, beatCount).entries()) {
        const figures = area(beatAtoms);
        const unit = units.unitOfBeat[beat];
        figures.utilisation = unit < 0 ? Number.NaN : utilisation[unit];
        for (const name of FIGURES) beats[name][beat] = figures[name];
      }
      return {
        method,
        overloaded,
        beats,
        overall: area(allAtoms),
        homeOfBeat,
        waitShare: overloaded ? 1 : waitShare,
        meanWaitMinutes: overloaded ? Number.POSITIVE_INFINITY : meanWaitMinutes,
        lossShare: solution?.lossShare ?? (line === 'none' && allCalls > 0 ? 1 : 0),
        keyPlaces:
          keyPlaces === undefined
            ? null
            : keyPlaceReach({
                places: keyPlaces,
                tierMinutes,
                unitCount: count,
                travelMinutes: minutes,
                utilisation,
                unitOfAtom: (atom) => ownUnit(beatOfAtom[atom]),
              }),
      };
    },
  };
}

const IDLE = { waitShare: 0, meanWaitMinutes: 0, waitEndsPerMinute: 0 };

const FIGURES = [
  'meanTravelMinutes',
  'p90TravelMinutes',
  'meanResponseMinutes',
  'p90ResponseMinutes',
  'crossBeatShare',
  'callsPerHour',
  'utilisation',
] as const satisfies (keyof ResponseTimes<number>)[];

function emptyColumns(beatCount: number): ResponseTimes<Float64Array> {
  return Object.fromEntries(
    FIGURES.map((name) => [name, new Float64Array(beatCount)]),
  ) as unknown as ResponseTimes<Float64Array>;
}

function assertPlan(atomCount: number, beatOfAtom: Uint16Array, beatCount: number, postOfBeat?: Int32Array): void {
  assertBeatsFit(atomCount, beatOfAtom, beatCount);
  if (postOfBeat === undefined) return;
  if (postOfBeat.length !== beatCount) {
    throw new RangeError(`There are posts for ${postOfBeat.length} beats, expected ${beatCount}.`);
  }
  for (const atom of postOfBeat) {
    if (atom >= atomCount) throw new RangeError(`A post lies in atom ${atom}, expected less than ${atomCount}.`);
  }
}
