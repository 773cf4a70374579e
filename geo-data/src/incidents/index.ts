export { decodeIncidentBlock, encodeIncidentBlock } from './incident-block.ts';
export {
  BYTES_PER_INCIDENT,
  createIncidentColumns,
  fillCells,
  INCIDENT_CELL_RESOLUTION,
  type IncidentColumns,
  incidentColumnsOn,
  sortIncidentsByTime,
} from './incident-columns.ts';
export {
  canTransition,
  FINAL_INCIDENT_STATES,
  INCIDENT_STATES,
  INCIDENT_TRANSITIONS,
  type IncidentState,
} from './incident-state.ts';
export { type IncidentFilter, selectIncidents } from './select-incidents.ts';
export { ALL_HOURS, ALL_WEEKDAYS, hoursMaskOf, rowsInTimeWindow, type TimeWindow } from './time-window.ts';
export { localSecondsOf, offsetAt, type UtcOffsets, utcOffsets } from './utc-offsets.ts';
