import type { BeatPlace, Sign } from './beat-contents.ts';
import type { Point } from './ground.ts';
import type { MapFrame } from './map-frame.ts';
import { type Document, INK, type Pen } from './pen.ts';
import { around, type Room } from './room.ts';

const RADIUS = 5.6;

/** Shape tells what it is, before colour does. */
const LOOKS: Record<Sign, { fill: string; line: string; text: string }> = {
  station: { fill: INK.accent, line: '#FFFFFF', text: '#FFFFFF' },
  keyPlace: { fill: INK.act, line: '#FFFFFF', text: '#FFFFFF' },
  post: { fill: '#FFFFFF', line: INK.text, text: INK.text },
  camera: { fill: '#45525F', line: '#FFFFFF', text: '#FFFFFF' },
  other: { fill: '#FFFFFF', line: INK.faint, text: INK.text },
};

export function drawSign(pen: Pen, sign: Sign, mark: number, [x, y]: Point): void {
  const { doc } = pen;
  const { fill, line, text } = LOOKS[sign];
  doc.save();
  traceSign(doc, sign, x, y);
  doc.lineWidth(0.8).fillAndStroke(fill, line);
  doc.restore();
  const size = mark > 99 ? 4.6 : mark > 9 ? 5.6 : 6.4;
  pen.text(String(mark), x, y + size * 0.36, { size, weight: 'bold', colour: text, align: 'center' });
}

function traceSign(doc: Document, sign: Sign, x: number, y: number): void {
  const r = RADIUS;
  if (sign === 'station') doc.rect(x - r, y - r, 2 * r, 2 * r);
  else if (sign === 'post') doc.polygon([x, y - r * 1.28], [x + r * 1.28, y], [x, y + r * 1.28], [x - r * 1.28, y]);
  else if (sign === 'camera')
    doc.polygon(
      ...Array.from({ length: 6 }, (_, i): [number, number] => [
        x + r * 1.12 * Math.cos((i * Math.PI) / 3),
        y + r * 1.12 * Math.sin((i * Math.PI) / 3),
      ]),
    );
  else doc.circle(x, y, r);
}

/** Each sign at its place, or beside it where another stands there already, with a line to the place. Takes the room of what it draws. */
export function drawSigns(pen: Pen, frame: MapFrame, places: readonly BeatPlace[], room: Room): void {
  const { doc } = pen;
  const side = 2 * RADIUS + 2.5;
  const spots = places.map((place) => {
    const at = frame.toPage(place.at);
    const spot = spotsAround(at).find((candidate) => room.isFree([around(...candidate, side, side)])) ?? at;
    room.take([around(...spot, side, side)]);
    return { place, at, spot };
  });
  for (const { at, spot } of spots) {
    if (at === spot) continue;
    doc.save();
    doc.moveTo(at[0], at[1]).lineTo(spot[0], spot[1]).lineWidth(0.7).stroke(INK.text);
    doc.circle(at[0], at[1], 1.3).fill(INK.text);
    doc.restore();
  }
  for (const { place, spot } of spots) drawSign(pen, place.sign, place.mark, spot);
}

function spotsAround(at: Point): Point[] {
  const spots: Point[] = [at];
  for (let distance = 12; distance <= 60; distance += 6)
    for (let i = 0; i < 16; i++) {
      const angle = (i * Math.PI) / 8;
      spots.push([at[0] + distance * Math.cos(angle), at[1] + distance * Math.sin(angle)]);
    }
  return spots;
}
