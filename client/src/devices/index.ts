export { DevicesPage } from './devices-page.tsx';
export { deviceMessages } from './messages.ts';
export { RefusedOnMap } from './refused-on-map.tsx';
export { PositionSettingsPage } from './position-settings-page.tsx';
export { TerminalsPage } from './terminals-page.tsx';
export { UnitRefusals } from './unit-refusals.tsx';
