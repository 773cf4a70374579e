import type { FrameBounds, PositionSettingsWithDefaults, Roster, UnitRefusals } from '@xunfang/geo-data/contract';
import { METERS_PER_DEGREE } from '@xunfang/geo-data/geometry';
import { type BureauRules, createBureauRules } from './bureau-rules.ts';
import { createFix } from './device-adapter.ts';
import type { LivePositions } from './live-positions.ts';
import { ageThresholdsOf, positionSettingsOf } from './position-settings.ts';
import type { QuarantineRepository } from './quarantine.repository.ts';
import type { TracksRepository } from './tracks.repository.ts';
import type { StoredRoster, UnitsRepository } from './units.repository.ts';

/** How far back a dispatcher is told of refusals. */
const REFUSAL_MINUTES = 60;

interface UnitsServiceDeps {
  units: UnitsRepository;
  tracks: TracksRepository;
  positions: LivePositions;
  quarantine: Pick<QuarantineRepository, 'ofUnit'>;
}

export type UnitsService = ReturnType<typeof unitsService>;

export function unitsService({ units, tracks, positions, quarantine }: UnitsServiceDeps) {
  const rosters = new Map<number, Roster>();
  const settingsOfBureau = new Map<number, PositionSettingsWithDefaults>();
  const rulesOfBureau = new Map<number, BureauRules>();

  function takeOver(stored: StoredRoster): void {
    const { bureauId, revision } = stored;
    const before = rosters.get(bureauId);
    if (before?.revision === revision && before.units.length === stored.units.length) return;
    const settings = positionSettingsOf(stored.positionSettings, stored.marginMeters);
    const bounds = frameBounds(stored, settings.marginMeters);
    positions.setRoster({ bureauId, revision, bounds, unitIds: stored.units.map(({ id }) => id) });
    const defaults = positionSettingsOf({}, stored.marginMeters);
    settingsOfBureau.set(bureauId, { ...settings, defaults });
    rulesOfBureau.set(bureauId, createBureauRules(stored.boundary, settings, stored.units));
    rosters.set(bureauId, {
      revision,
      units: stored.units.map((unit, slot) => ({ ...unit, slot })),
      frameBounds: [bounds.west, bounds.south, bounds.east, bounds.north],
      ageThresholdsSeconds: ageThresholdsOf(settings),
    });
  }

  return {
    /** Takes over the rosters of all bureaus as they stand in the database. */
    async reloadRosters(): Promise<void> {
      for (const stored of await units.rosters()) takeOver(stored);
    },

    /** The cheap look whether anything changed: other processes raise the revision too. */
    async followRosters(): Promise<void> {
      const revisions = await units.revisions();
      if (revisions.some(({ bureauId, revision }) => rosters.get(bureauId)?.revision !== revision))
        await this.reloadRosters();
    },

    /** Puts every unit where its track ends, at the age it has; positions that came in meanwhile are newer and stay. */
    async restorePositions(): Promise<void> {
      const fix = createFix();
      for (const point of await tracks.lastPoints()) {
        const slot = positions.slotOf(point.bureauId, point.unitId);
        if (slot < 0 || positions.fixedAtMs(point.bureauId, slot) >= point.fixedAtMs) continue;
        fix.lon = point.lon;
        fix.lat = point.lat;
        fix.fixedAtMs = point.fixedAtMs;
        fix.speedKmh = point.speedKmh ?? Number.NaN;
        fix.headingDegrees = point.headingDegrees ?? Number.NaN;
        fix.accuracyMeters = point.accuracyMeters ?? Number.NaN;
        fix.statusCode = point.status;
        positions.write(point.bureauId, slot, fix);
      }
    },

    rulesOf: (bureauId: number) => rulesOfBureau.get(bureauId),

    /** The settings that positions are judged and drawn by at the moment. */
    async positionSettings(bureauId: number): Promise<PositionSettingsWithDefaults> {
      await this.roster(bureauId);
      return settingsOfBureau.get(bureauId) as PositionSettingsWithDefaults;
    },

    /** The roster that belongs to the frames being sent: the console joins the two by slot. */
    async roster(bureauId: number): Promise<Roster> {
      if (!rosters.has(bureauId)) await this.reloadRosters();
      const roster = rosters.get(bureauId);
      if (roster === undefined) throw new Error(`Bureau ${bureauId} has no roster.`);
      return roster;
    },

    bureauOfUnit: (unitId: number) => units.bureauOfUnit(unitId),

    /** How many positions of a unit were not believed of late, and why. */
    async refusals(bureauId: number, unitId: number, now: Date): Promise<UnitRefusals> {
      const since = new Date(now.getTime() - REFUSAL_MINUTES * 60_000);
      return { minutes: REFUSAL_MINUTES, refusals: await quarantine.ofUnit(bureauId, unitId, since) };
    },
  };
}

/** Positions are quantised within the bureau's bounds and its margin; nothing outside is believed. */
function frameBounds({ west, south, east, north }: StoredRoster, marginMeters: number): FrameBounds {
  const latMargin = marginMeters / METERS_PER_DEGREE;
  const lonMargin = latMargin / Math.cos((Math.max(Math.abs(south), Math.abs(north)) * Math.PI) / 180);
  return { west: west - lonMargin, south: south - latMargin, east: east + lonMargin, north: north + latMargin };
}
