export { devicesService } from './devices.service.ts';
export { addUnits } from './roster-changes.ts';
export { TRACK_COLUMNS } from './track-chunk.ts';
export { ensureTrackDay, partitionOf } from './track-partition.ts';
export { createUnitSignals, type UnitEmergency, type UnitSignals } from './unit-signals.ts';
export { unitsModule } from './units.module.ts';
export type { NewUnit } from './units.repository.ts';
