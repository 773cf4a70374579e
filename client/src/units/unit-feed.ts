import { useQuery } from '@tanstack/react-query';
import { type AgeThresholds, type Roster, readPositionFrameHeader, type Unit } from '@xunfang/geo-data/contract';
import { POSITION_LIMITS, type UnitKind } from '@xunfang/geo-data/units';
import { useEffect, useSyncExternalStore } from 'react';
import { api, onServerEvent, queryClient, refreshSoon } from '../connection/index.ts';
import { useBureau } from '../session/index.ts';
import { applyFrame, clearLiveUnits, createLiveUnits } from './live-units.ts';

/** The one picture of where the units of the watched bureau are. Layers read it every animation frame. */
export const liveUnits = createLiveUnits();
let roster: Roster | null = null;
let unitOfSlot: (Unit | undefined)[] = [];
/** Whose positions the columns hold. */
let slotsDrawn = '';
const listeners = new Set<() => void>();

export function unitsBySlot(): readonly (Unit | undefined)[] {
  return unitOfSlot;
}

/** Ages at which a position turns ageing, stale, lost: a setting of the bureau, by kind of unit; the legend shows the cars'. */
export function ageThresholds(kind: UnitKind = 'car'): AgeThresholds {
  return roster?.ageThresholdsSeconds[kind] ?? POSITION_LIMITS[kind].ageThresholdsSeconds;
}

/** Called after every frame and every new roster, outside React. */
export function onUnitsChanged(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** For lists and counters: draws again with every frame (once a second). */
export function useUnitsVersion(): number {
  return useSyncExternalStore(onUnitsChanged, () => liveUnits.version);
}

/** Frames are told once a second: after this long without one nobody is seen live. */
const LIVE_MS = 5000;

/** Where a unit is seen now, whatever the age of its fix; null where no positions come in (other workspaces). */
export function livePlaceOf(unitId: number): readonly [lon: number, lat: number] | null {
  const slot = unitOfSlot.findIndex((unit) => unit?.id === unitId);
  const isLive = performance.now() - liveUnits.arrivedAtMs < LIVE_MS;
  return slot < 0 || !isLive || Number.isNaN(liveUnits.lon[slot]) ? null : [liveUnits.lon[slot], liveUnits.lat[slot]];
}

const rosterKey = (bureau: string) => ['units', bureau];

export function useRoster() {
  const bureau = useBureau();
  return useQuery({
    queryKey: rosterKey(bureau.id),
    queryFn: ({ signal }) => api.get<Roster>('/api/units', { query: { bureau: bureau.id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Keep mounted wherever units are shown. */
export function useUnitFeed(): void {
  const bureau = useBureau();
  const { data } = useRoster();
  useEffect(() => {
    roster = data ?? null;
    unitOfSlot = [];
    for (const unit of data?.units ?? []) unitOfSlot[unit.slot] = unit;
    // Other age classes or another beat deal no slots anew: nobody vanishes from the map for a tick.
    const slots = unitOfSlot.map((unit) => unit?.id).join();
    if (slots !== slotsDrawn) clearLiveUnits(liveUnits, data?.units ?? []);
    slotsDrawn = slots;
    tell();
  }, [data]);
  useEffect(() => {
    const askAgain = () => void queryClient.invalidateQueries({ queryKey: rosterKey(bureau.id) });
    const stops = [
      onServerEvent('positions:frame', (frame) => {
        // Slots mean something only together with the roster they were dealt in.
        if (!roster) return;
        if (readPositionFrameHeader(frame).rosterRevision !== roster.revision) askAgain();
        else if (applyFrame(liveUnits, frame, performance.now())) tell();
      }),
      onServerEvent('roster:changed', (_change, changed) => refreshSoon(rosterKey(changed))),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [bureau.id]);
}

function tell(): void {
  for (const listener of listeners) listener();
}
