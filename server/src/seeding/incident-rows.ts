import { cellToBigInt, latLngToCellColumns } from '@xunfang/geo-data/geometry';
import type { IncidentEvent } from './incident-clocks.ts';

/** One incident to be written; `events` is its log, oldest first, and its last entry the state it is in. */
export interface SeedIncident {
  sourceKey: string;
  occurredAtSeconds: number;
  receivedAtSeconds: number;
  lon: number;
  lat: number;
  category: number;
  priority: number;
  selfInitiated: boolean;
  address: string | null;
  events: readonly IncidentEvent[];
}

/** Lines of COPY's text format for incidents and for their events. */
export interface IncidentRows {
  incidentLines(bureauId: number, sourceId: number): Iterable<string>;
  eventLines(): Iterable<string>;
}

const INCIDENT_RESOLUTION = 11;

export function incidentRows(incidents: readonly SeedIncident[]): IncidentRows {
  const { hi, lo } = latLngToCellColumns(
    Float64Array.from(incidents, ({ lat }) => lat),
    Float64Array.from(incidents, ({ lon }) => lon),
    INCIDENT_RESOLUTION,
  );
  return {
    *incidentLines(bureauId, sourceId) {
      for (const [row, incident] of incidents.entries()) {
        const state = incident.events[incident.events.length - 1];
        yield copyLine([
          bureauId,
          sourceId,
          incident.sourceKey,
          instant(incident.occurredAtSeconds),
          instant(incident.receivedAtSeconds),
          incident.lon,
          incident.lat,
          cellToBigInt(hi[row], lo[row]),
          incident.category,
          incident.category,
          incident.priority,
          state.state,
          instant(state.atSeconds),
          incident.selfInitiated ? 't' : 'f',
          incident.address,
        ]);
      }
    },
    *eventLines() {
      for (const { sourceKey, events } of incidents) {
        for (const { state, atSeconds } of events) yield copyLine([sourceKey, instant(atSeconds), state]);
      }
    },
  };
}

const instant = (seconds: number) => new Date(seconds * 1000).toISOString();

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copyLine(values: readonly (string | number | bigint | null)[]): string {
  const cells = values.map((value) =>
    value === null ? '\\N' : String(value).replace(/[\\\t\n\r]/g, (found) => ESCAPES[found]),
  );
  return `${cells.join('\t')}\n`;
}
