import type { Layer } from '@deck.gl/core';
import { IconLayer, ScatterplotLayer } from '@deck.gl/layers';
import type { IncidentView } from '@xunfang/geo-data/contract';
import { type DrawIcon, type IconAtlas, makeIconAtlas } from '../map/icon-atlas.ts';
import { type TokenName, tokenRgba } from '../ui/tokens.ts';

const MARK_PX = 22;
/** Priority 1-4: filled diamond, filled triangle, ring, dot. Shape first, colour second. */
export const PRIORITY_TOKENS: readonly TokenName[] = ['act', 'warn', 'text1', 'text3'];

export interface IncidentsPicture {
  incidents: readonly IncidentView[];
  selectedId: number | null;
  scale: number;
  theme: string;
}

/** Open incidents. A halo keeps them apart from streets; the selected one carries a ring. */
export function incidentLayers({ incidents, selectedId, scale, theme }: IncidentsPicture): Layer[] {
  const icons = incidentIcons();
  const shared = {
    data: incidents,
    iconAtlas: icons.atlas,
    iconMapping: icons.mapping,
    sizeUnits: 'pixels' as const,
    getPosition: (incident: IncidentView): [number, number] => [incident.lon, incident.lat],
  };
  const selected = incidents.filter((incident) => incident.id === selectedId);
  return [
    new IconLayer<IncidentView>({
      ...shared,
      id: 'incident-halo',
      getIcon: ({ priority }) => `halo-${priority}`,
      getSize: MARK_PX * scale,
      getColor: tokenRgba('mapHalo', 235),
      updateTriggers: { getColor: theme },
    }),
    new IconLayer<IncidentView>({
      ...shared,
      id: 'incident-mark',
      pickable: true,
      getIcon: ({ priority }) => `priority-${priority}`,
      getSize: MARK_PX * scale,
      getColor: ({ priority }) => tokenRgba(PRIORITY_TOKENS[priority - 1]),
      updateTriggers: { getColor: theme },
    }),
    new ScatterplotLayer<IncidentView>({
      id: 'incident-selected',
      data: selected,
      getPosition: shared.getPosition,
      filled: false,
      stroked: true,
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      getRadius: 15 * scale,
      getLineWidth: 2 * scale,
      getLineColor: tokenRgba('select'),
      updateTriggers: { getLineColor: theme },
    }),
  ];
}

let made: IconAtlas | null = null;

function incidentIcons(): IconAtlas {
  if (made) return made;
  const draws = new Map<string, DrawIcon>();
  for (const priority of [1, 2, 3, 4]) {
    draws.set(`priority-${priority}`, (context) => drawPriority(context, priority, false));
    draws.set(`halo-${priority}`, (context) => drawPriority(context, priority, true));
  }
  made = makeIconAtlas(draws);
  return made;
}

function drawPriority(context: CanvasRenderingContext2D, priority: number, halo: boolean): void {
  context.beginPath();
  if (priority === 1) polygon(context, [48, 12, 84, 48, 48, 84, 12, 48]);
  else if (priority === 2) polygon(context, [48, 16, 84, 78, 12, 78]);
  else context.arc(48, 48, priority === 3 ? 24 : 16, 0, 2 * Math.PI);
  if (priority === 3 && !halo) {
    context.lineWidth = 13;
    context.stroke();
    return;
  }
  context.fill();
  if (halo) {
    context.lineWidth = priority === 3 ? 30 : 18;
    context.stroke();
  }
}

function polygon(context: CanvasRenderingContext2D, points: readonly number[]): void {
  context.moveTo(points[0], points[1]);
  for (let i = 2; i < points.length; i += 2) context.lineTo(points[i], points[i + 1]);
  context.closePath();
}
