export { devicesService } from './devices.service.ts';
export { addUnits } from './roster-changes.ts';
export { createUnitSignals, type UnitEmergency, type UnitSignals } from './unit-signals.ts';
export { unitsModule } from './units.module.ts';
export type { NewUnit } from './units.repository.ts';
