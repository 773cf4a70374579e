import { type Point, isInside, type Shape } from './ground.ts';
import { groundAt, type MapFrame, meets } from './map-frame.ts';
import type { Pen } from './pen.ts';
import { around, type Room } from './room.ts';
import type { StreetLine } from './street-lines.ts';

const STEP = 4;
/** A name is written where the street bends less than this from end to end. */
const MOST_BEND = 2.2;
/** Between two names of one street. */
const REPEAT = 200;
const RANKS = ['arterial', 'main', 'minor', 'link'];
/** From this angle on Chinese characters stand upright below each other instead of lying on their side. */
const STEEP = (70 * Math.PI) / 180;

interface Spot {
  middle: Point;
  /** Of the text, clockwise, readable from below. */
  angle: number;
}

/** Writes the names of the streets along them where there is room: the important and the long ones first, within `own` before outside. */
export function writeStreetNames(
  pen: Pen,
  frame: MapFrame,
  lines: readonly StreetLine[],
  { room, own, size, colour }: { room: Room; own: Shape | null; size: number; colour: string },
): void {
  const inFrame = ([x, y]: Point) =>
    x > frame.x + 4 && x < frame.x + frame.width - 4 && y > frame.y + 4 && y < frame.y + frame.height - 4;
  const written = new Map<string, Point[]>();
  const ordered = lines
    .filter(({ name, rank, box }) => name !== '' && rank !== 'link' && meets(box, frame.shown))
    .map((line) => ({ line, steps: stepsAlong(line.points.map(frame.toPage)) }))
    .filter(({ steps }) => steps.some(inFrame))
    .sort((a, b) => RANKS.indexOf(a.line.rank) - RANKS.indexOf(b.line.rank) || b.steps.length - a.steps.length);
  for (const { line, steps } of ordered) {
    const width = pen.width(line.name, { size });
    const count = Math.ceil((width + 4) / STEP);
    const isOwn = steps.map((step) => own !== null && inFrame(step) && isInside(own, groundAt(frame, step)));
    const toMiddle = (at: number) => Math.abs(at + count / 2 - steps.length / 2);
    const starts = Array.from({ length: Math.max(0, steps.length - count) }, (_, at) => at)
      .filter((at) => inFrame(steps[at]) && inFrame(steps[at + count]))
      // Not across the beat's border.
      .filter((at) => isOwn.slice(at, at + count + 1).every((inside) => inside === isOwn[at]))
      // The middle of a street before its ends.
      .sort((a, b) => Number(isOwn[b]) - Number(isOwn[a]) || toMiddle(a) - toMiddle(b));
    for (const at of starts) {
      const spot = straightSpot(steps, at, count);
      if (spot === null) continue;
      const others = written.get(line.name) ?? [];
      if (others.some(([x, y]) => Math.hypot(x - spot.middle[0], y - spot.middle[1]) < REPEAT)) continue;
      const rects = Array.from({ length: count + 1 }, (_, i) => around(...steps[at + i], size + 1, size + 1));
      if (!room.isFree(rects)) continue;
      room.take(rects);
      written.set(line.name, [...others, spot.middle]);
      write(pen, line.name, spot, size, colour);
    }
  }
}

function write({ doc, ...pen }: Pen, name: string, { middle, angle }: Spot, size: number, colour: string): void {
  const letters = Array.from(name);
  const isUpright = Math.abs(angle) > STEEP && letters.every((letter) => letter >= '⺀');
  if (isUpright) {
    // Downwards along the street.
    const turn = angle > 0 ? 1 : -1;
    // So that they do not touch where the street leans.
    const pitch = size / Math.abs(Math.sin(angle));
    for (const [i, letter] of letters.entries()) {
      const along = (i - (letters.length - 1) / 2) * pitch * turn;
      const [x, y] = [middle[0] + Math.cos(angle) * along, middle[1] + Math.sin(angle) * along];
      pen.text(letter, x, y + size * 0.36, { size, colour, align: 'center' });
    }
    return;
  }
  doc.save();
  doc.rotate((angle * 180) / Math.PI, { origin: [...middle] });
  pen.text(name, middle[0], middle[1] + size * 0.36, { size, colour, align: 'center' });
  doc.restore();
}

function straightSpot(steps: readonly Point[], at: number, count: number): Spot | null {
  const [[ax, ay], [bx, by]] = [steps[at], steps[at + count]];
  const chord = Math.hypot(bx - ax, by - ay);
  if (chord < count * STEP * 0.97) return null;
  for (let i = at + 1; i < at + count; i++) {
    const [x, y] = steps[i];
    if (Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / chord > MOST_BEND) return null;
  }
  let angle = Math.atan2(by - ay, bx - ax);
  if (angle > Math.PI / 2) angle -= Math.PI;
  if (angle <= -Math.PI / 2) angle += Math.PI;
  return { middle: [(ax + bx) / 2, (ay + by) / 2], angle };
}

/** Points of a line every `STEP`. */
function stepsAlong(line: readonly Point[]): Point[] {
  const steps: Point[] = [line[0]];
  let rest = STEP;
  for (let i = 1; i < line.length; i++) {
    const [[ax, ay], [bx, by]] = [line[i - 1], line[i]];
    const length = Math.hypot(bx - ax, by - ay);
    let at = rest;
    for (; at <= length; at += STEP) steps.push([ax + (at / length) * (bx - ax), ay + (at / length) * (by - ay)]);
    rest = at - length;
  }
  return steps;
}
