import type { Point, Shape } from './ground.ts';
import { barMeters, type MapFrame, meets } from './map-frame.ts';
import { type Document, INK, type Pen } from './pen.ts';
import { around, type Room } from './room.ts';
import type { StreetLine, StreetRank } from './street-lines.ts';
import type { Words } from './words.ts';

export const MAP_COLOURS = {
  outside: '#E9EDF0',
  land: '#F8F9FA',
  streetEdge: '#B9C3CC',
  streetEdgeOwn: '#8D9AA6',
  beat: '#78848F',
  zone: '#2B3947',
  name: '#3B4752',
} as const;

/** In points: as wide as its name is high where it is a beat's map. */
const STREET_WIDTH: Record<StreetRank, number> = { arterial: 9.5, main: 8.5, minor: 7.5, link: 4 };

/** Draws inside of the frame only. */
export function inFrame({ doc }: Pen, { x, y, width, height }: MapFrame, draw: () => void): void {
  doc.save();
  doc.rect(x, y, width, height).clip();
  draw();
  doc.restore();
}

export function trace(doc: Document, frame: MapFrame, { rings }: Shape): void {
  for (const ring of rings) {
    for (const [i, point] of ring.entries()) {
      const [x, y] = frame.toPage(point);
      if (i === 0) doc.moveTo(x, y);
      else doc.lineTo(x, y);
    }
    doc.closePath();
  }
}

export function fillShape(doc: Document, frame: MapFrame, shape: Shape, colour: string, opacity = 1): void {
  if (!meets(shape.box, frame.shown)) return;
  doc.save();
  trace(doc, frame, shape);
  doc.fillOpacity(opacity).fill(colour, 'even-odd');
  doc.restore();
}

export function strokeShape(
  doc: Document,
  frame: MapFrame,
  shape: Shape,
  { colour, width, dash }: { colour: string; width: number; dash?: number },
): void {
  if (!meets(shape.box, frame.shown)) return;
  doc.save();
  trace(doc, frame, shape);
  doc.lineWidth(width).lineJoin('round');
  if (dash) doc.dash(dash, { space: dash * 0.7 });
  doc.stroke(colour);
  doc.restore();
}

/** Edges first, then surfaces, so that streets run into each other; the least important at the bottom. */
export function drawStreets(
  doc: Document,
  frame: MapFrame,
  lines: readonly StreetLine[],
  { edge, edgeWidth, share }: { edge: string; edgeWidth: number; share: number },
): void {
  const seen = lines.filter(({ box }) => meets(box, frame.shown));
  for (const [extra, colour] of [
    [2 * edgeWidth, edge],
    [0, '#FFFFFF'],
  ] as const)
    for (const rank of ['link', 'minor', 'main', 'arterial'] as const) {
      const ofRank = seen.filter((line) => line.rank === rank);
      if (ofRank.length === 0) continue;
      doc.save();
      doc
        .lineWidth(STREET_WIDTH[rank] * share + extra)
        .lineCap('round')
        .lineJoin('round');
      for (const { points } of ofRank) traceLine(doc, frame, points);
      doc.stroke(rank === 'arterial' && extra === 0 ? '#FFF6DC' : colour);
      doc.restore();
    }
}

function traceLine(doc: Document, frame: MapFrame, points: readonly Point[]): void {
  for (const [i, point] of points.entries()) {
    const [x, y] = frame.toPage(point);
    if (i === 0) doc.moveTo(x, y);
    else doc.lineTo(x, y);
  }
}

/** The number of a beat in a pill. */
export function drawNumber(
  pen: Pen,
  [x, y]: Point,
  { number, colour, size }: { number: number; colour: string; size: number },
): void {
  const text = String(number).padStart(2, '0');
  const width = pen.width(text, { size, weight: 'bold' }) + size * 0.7;
  const height = size * 1.35;
  pen.doc.save();
  pen.doc.roundedRect(x - width / 2, y - height / 2, width, height, height / 2).fill(colour);
  pen.doc.restore();
  pen.text(text, x, y + size * 0.36, { size, weight: 'bold', colour: '#FFFFFF', align: 'center' });
}

/** Frame, scale bar and north, bottom right; their room is taken before anything is written. */
export function reserveScaleBar(frame: MapFrame, room: Room): void {
  room.take([around(frame.x + frame.width - 75, frame.y + frame.height - 14, 150, 28)]);
}

export function drawScaleBar(pen: Pen, frame: MapFrame, { t, number }: Words): void {
  const { doc } = pen;
  const meters = barMeters(frame);
  const length = meters / frame.metersPerPoint;
  const [right, y] = [frame.x + frame.width - 28, frame.y + frame.height - 8];
  const label = meters >= 1000 ? `${number(meters / 1000)} km` : `${number(meters)} m`;
  const scale = `1:${number(frame.scale)}`;
  doc.save();
  doc
    .roundedRect(right - length - 10, y - 17, length + 34, 22, 2)
    .fillOpacity(0.85)
    .fill('#FFFFFF');
  doc.restore();
  doc.save();
  doc.rect(right - length, y - 2.5, length / 2, 2.5).fill(INK.text);
  doc
    .rect(right - length, y - 2.5, length, 2.5)
    .lineWidth(0.5)
    .stroke(INK.text);
  // An arrow to the north.
  doc.polygon([right + 14, y - 14], [right + 18, y - 4], [right + 14, y - 6.5], [right + 10, y - 4]).fill(INK.text);
  doc.restore();
  pen.text(t.north, right + 14, y + 2.6, { size: 5.5, colour: INK.text, align: 'center' });
  pen.text(label, right, y - 5.5, { size: 6.5, colour: INK.text, align: 'right' });
  pen.text(scale, right - length, y - 5.5, { size: 6.5, colour: INK.text });
  doc.save();
  doc.rect(frame.x, frame.y, frame.width, frame.height).lineWidth(0.8).stroke('#5F6C79');
  doc.restore();
}
