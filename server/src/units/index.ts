export { devicesService } from './devices.service.ts';
export { addUnits, assignUnitsToBeats } from './roster-changes.ts';
export { unitsModule } from './units.module.ts';
export type { NewUnit } from './units.repository.ts';
