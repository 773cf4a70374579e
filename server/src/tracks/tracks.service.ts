import type { TrackBlockMeta, Trail } from '@xunfang/geo-data/contract';
import { databaseUrlOf } from '../incidents/index.ts';
import { audit, type Db, type Doer, problem, type Sql, type Workers } from '../platform/index.ts';
import type { BlockTaskRequest } from './track-block.task.ts';
import { trackPolicyRepository } from './track-policy.repository.ts';
import { keptPurpose, requirePurpose, type StatedPurpose } from './track-purpose.ts';
import { createTrackLookLog } from './track-look-log.ts';
import { type TrackedUnit, tracksRepository } from './tracks.repository.ts';

export interface TrackReader extends StatedPurpose, Doer {}

export interface BlockQuery {
  from: Date;
  to: Date;
  /** null: all units of the bureau. */
  unitIds: readonly number[] | null;
}

const BLOCK_TASK = new URL('./track-block.task.ts', import.meta.url);
const MOST_HOURS = 24;
/** 14 MB on the wire. */
const MOST_FIXES = 500_000;
/** Coarser ones would lose stops. */
const STEPS_SECONDS = [1, 2, 5, 10, 15, 30, 60] as const;
/** Beyond so many the audit says "all of the bureau" and how many. */
const MOST_NAMED = 50;

export type TracksService = ReturnType<typeof tracksService>;

/** Reads tracks for people. They are sensitive: who opened whose, when and what for is written before anything is read. */
export function tracksService({ db, sql, workers }: { db: Db; sql: Sql; workers: Workers }) {
  const tracks = tracksRepository(db);
  const lookLog = createTrackLookLog();

  function note(bureauId: number, subject: string, detail: object, reader: TrackReader, nowMs: number): Promise<void> {
    const { actor, address } = reader;
    const entry = { bureauId, actor, action: 'track.read', subject, detail: { ...detail }, address };
    return lookLog.note(JSON.stringify([bureauId, actor, subject, detail]), nowMs, () => audit(db, entry));
  }

  return {
    unit: (unitId: number) => tracks.unit(unitId),

    /** The last minutes of one unit. Beyond the live trail of the policy the purpose must be stated. */
    async trail(unit: TrackedUnit, minutes: number, reader: TrackReader, now: Date): Promise<Trail> {
      const { liveTrailMinutes } = await trackPolicyRepository.policy(db);
      const purpose = minutes > liveTrailMinutes ? requirePurpose(reader, liveTrailMinutes) : keptPurpose(reader);
      const detail = { callSign: unit.callSign, minutes, ...purpose };
      await note(unit.bureauId, `unit:${unit.id}`, detail, reader, now.getTime());
      return tracks.trail(unit.bureauId, unit.id, now.getTime() - minutes * 60_000);
    },

    /** The fixes of a period as one column block (`TrackBlockMeta`), thinned to what can be shown. */
    async block(
      bureau: { id: number; slug: string },
      { from, to, unitIds }: BlockQuery,
      reader: TrackReader,
      now: Date,
    ): Promise<ArrayBuffer> {
      const { liveTrailMinutes } = await trackPolicyRepository.policy(db);
      const purpose = requirePurpose(reader, liveTrailMinutes);
      const fromSeconds = Math.floor(from.getTime() / 1000);
      const toSeconds = Math.ceil(to.getTime() / 1000);
      if (toSeconds <= fromSeconds) problem(400, 'TRACK_PERIOD_EMPTY', {}, { field: 'to' });
      if (toSeconds - fromSeconds > MOST_HOURS * 3600)
        problem(400, 'TRACK_PERIOD_TOO_LONG', { hours: MOST_HOURS }, { field: 'to' });
      const units = await chosenUnits(bureau.id, unitIds);
      const stepSeconds = stepFor(units.length, toSeconds - fromSeconds);
      if (stepSeconds === undefined) return problem(413, 'TRACK_TOO_MUCH', { units: units.length }, { field: 'units' });
      const subject = unitIds?.length === 1 ? `unit:${unitIds[0]}` : `bureau:${bureau.slug}`;
      const detail = { ...whose(units, unitIds === null), from: iso(fromSeconds), to: iso(toSeconds), ...purpose };
      await note(bureau.id, subject, detail, reader, now.getTime());
      const meta: TrackBlockMeta = {
        fromSeconds,
        toSeconds,
        stepSeconds,
        units: units.map(({ id, callSign, kind, simulated }) => ({ id, callSign, kind, simulated })),
        archivedDays: await tracks.archivedDays(iso(fromSeconds).slice(0, 10), iso(toSeconds - 1).slice(0, 10)),
      };
      const request: BlockTaskRequest = {
        databaseUrl: databaseUrlOf(sql),
        range: {
          bureauId: bureau.id,
          unitIds: units.map(({ id }) => id),
          fromSeconds,
          toSeconds,
          stepSeconds,
        },
        meta,
      };
      return workers.run<ArrayBuffer>(BLOCK_TASK, request);
    },
  };

  async function chosenUnits(bureauId: number, unitIds: readonly number[] | null): Promise<TrackedUnit[]> {
    const all = await tracks.unitsOfBureau(bureauId);
    if (unitIds === null) return all;
    const wanted = new Set(unitIds);
    for (const unitId of wanted)
      if (!all.some(({ id }) => id === unitId)) problem(404, 'TRACK_UNIT_UNKNOWN', { unitId }, { field: 'units' });
    return all.filter(({ id }) => wanted.has(id));
  }
}

/** A fix a second is the most that devices send; the step holds the block within its size whatever they do. */
function stepFor(units: number, seconds: number): number | undefined {
  return STEPS_SECONDS.find((step) => (units * seconds) / step <= MOST_FIXES);
}

function whose(units: readonly TrackedUnit[], all: boolean): object {
  const callSigns = units.map(({ callSign }) => callSign);
  if (all) return { units: `all ${units.length}` };
  return units.length > MOST_NAMED ? { units: units.length, unitIds: units.map(({ id }) => id) } : { callSigns };
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
