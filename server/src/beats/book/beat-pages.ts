import { SIGNS } from './beat-contents.ts';
import { neighbourSection, placeSection, streetSection } from './beat-lists.ts';
import {
  drawNumber,
  drawScaleBar,
  drawStreets,
  fillShape,
  inFrame,
  MAP_COLOURS,
  reserveScaleBar,
  strokeShape,
  trace,
} from './draw-map.ts';
import { drawFigures, type Figure, streetFigure } from './figure-strip.ts';
import { flowRows, heightOf, type Section } from './flow-rows.ts';
import { CONTENT_WIDTH, PAGE } from './furniture.ts';
import { labelSpot } from './label-spot.ts';
import { type MapFrame, mapFrame, type Rect } from './map-frame.ts';
import { hueOf, INK, type Pen } from './pen.ts';
import { drawSign, drawSigns } from './place-signs.ts';
import type { Book, BookBeat } from './prepare-book.ts';
import { around, createRoom } from './room.ts';
import { writeStreetNames } from './street-names.ts';
import type { Words } from './words.ts';

const MAP_TOP = 98;
/** Of the map: what short lists leave goes to it. */
const [LEAST_HEIGHT, MOST_HEIGHT] = [340, 560];
/** From the bottom of the map: the legend, the figures, the lists. */
const [LEGEND, FIGURES, LISTS] = [10, 20, 68];
/** At this scale and nearer streets are as wide as their names are high. */
const STREET_SCALE = 7_500;

/** The page of a beat: map, figures, lists. Lists that are too long go on on pages after it. */
export function drawBeat(pen: Pen, book: Book, beat: BookBeat, words: Words, addPage: () => void): void {
  const ofLeft = [neighbourSection(pen, beat, book, words), streetSection(pen, beat, book, words)];
  const ofRight = [placeSection(pen, beat, words, COLUMN_WIDTH)];
  const free = PAGE.bottom - MAP_TOP - LISTS - Math.max(heightOf(ofLeft), heightOf(ofRight));
  const height = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, free));
  const map: Rect = { x: PAGE.left, y: MAP_TOP, width: CONTENT_WIDTH, height };
  const bottom = MAP_TOP + height;
  drawTitle(pen, book, beat, words);
  drawBeatMap(pen, map, book, beat, words);
  drawLegend(pen, bottom + LEGEND, beat, words);
  drawFigures(pen, figuresOf(book, beat, words), PAGE.left, bottom + FIGURES, CONTENT_WIDTH);
  const [left, right] = columnsFrom(bottom + LISTS);
  let rest: Section[] = [...flowRows(ofLeft, [left]), ...flowRows(ofRight, [right])];
  while (rest.length > 0) {
    addPage();
    drawTitle(pen, book, beat, words, true);
    rest = flowRows(rest, columnsFrom(100));
  }
}

const COLUMN_GAP = 18;
const COLUMN_WIDTH = (CONTENT_WIDTH - COLUMN_GAP) / 2;
const columnsFrom = (y: number): [Rect, Rect] => {
  const column = (x: number): Rect => ({ x, y, width: COLUMN_WIDTH, height: PAGE.bottom - y });
  return [column(PAGE.left), column(PAGE.left + COLUMN_WIDTH + COLUMN_GAP)];
};

function drawTitle(pen: Pen, { zones }: Book, beat: BookBeat, { t, name }: Words, isContinued = false): void {
  const { doc } = pen;
  doc.save();
  doc.roundedRect(PAGE.left, 54, 38, 36, 3).fill(hueOf(beat.colour));
  doc.restore();
  const number = String(beat.number).padStart(2, '0');
  pen.text(number, PAGE.left + 19, 78, {
    ...pen.fit(number, 32, { size: 19, weight: 'bold', colour: '#FFFFFF' }, 8),
    align: 'center',
  });
  const title = `${name(beat.name)}${isContinued ? t.continued : ''}`;
  pen.text(title, PAGE.left + 48, 72, pen.fit(title, CONTENT_WIDTH - 50, { size: 18, weight: 'bold' }, 8));
  const zone = zones.find(({ number: other }) => other === beat.zoneNumber);
  const line = `${t.zone} ${String(beat.zoneNumber).padStart(2, '0')}${zone === undefined ? '' : ` · ${name(zone.name)}`}`;
  pen.text(line, PAGE.left + 48, 87, pen.fit(line, CONTENT_WIDTH - 50, { size: 9, colour: INK.soft }, 6));
}

function drawBeatMap(pen: Pen, map: Rect, book: Book, beat: BookBeat, words: Words): void {
  const { doc } = pen;
  const frame = mapFrame(beat.shape.box, map, 34);
  const room = createRoom(frame);
  reserveScaleBar(frame, room);
  inFrame(pen, frame, () => {
    doc.rect(frame.x, frame.y, frame.width, frame.height).fill(MAP_COLOURS.outside);
    fillShape(doc, frame, book.boundary, MAP_COLOURS.land);
    fillShape(doc, frame, beat.shape, hueOf(beat.colour), 0.3);
    const share = Math.min(1, STREET_SCALE / frame.scale);
    if (book.streets !== null) {
      drawStreets(doc, frame, book.streets, { edge: MAP_COLOURS.streetEdge, edgeWidth: 0.5, share });
      doc.save();
      trace(doc, frame, beat.shape);
      doc.clip('even-odd');
      drawStreets(doc, frame, book.streets, { edge: MAP_COLOURS.streetEdgeOwn, edgeWidth: 0.7, share });
      doc.restore();
    }
    for (const other of book.beats)
      if (other !== beat) strokeShape(doc, frame, other.shape, { colour: MAP_COLOURS.beat, width: 0.8, dash: 4 });
    for (const zone of book.zones) strokeShape(doc, frame, zone.shape, { colour: MAP_COLOURS.zone, width: 1.6 });
    strokeShape(doc, frame, beat.shape, { colour: '#FFFFFF', width: 4.4 });
    strokeShape(doc, frame, beat.shape, { colour: INK.accent, width: 2.4 });
    drawSigns(pen, frame, beat.places, room);
    nameNeighbours(pen, frame, book, beat, words, room);
    if (book.streets !== null)
      writeStreetNames(pen, frame, book.streets, { room, own: beat.shape, size: 6.4, colour: MAP_COLOURS.name });
  });
  drawScaleBar(pen, frame, words);
}

function nameNeighbours(
  pen: Pen,
  frame: MapFrame,
  book: Book,
  beat: BookBeat,
  { name }: Words,
  room: ReturnType<typeof createRoom>,
): void {
  for (const other of book.beats) {
    if (other === beat) continue;
    const label = name(other.name);
    const style = { size: 7, colour: INK.soft, align: 'center' } as const;
    const width = Math.max(pen.width(label, style), 20) + 4;
    const spot = labelSpot(frame, other, { room, width, height: 26 });
    if (spot === null) continue;
    room.take([around(...spot, width, 26)]);
    drawNumber(pen, [spot[0], spot[1] - 5], { number: other.number, colour: INK.faint, size: 8 });
    const { doc } = pen;
    doc.save();
    doc
      .roundedRect(spot[0] - width / 2, spot[1] + 2.5, width, 10, 2)
      .fillOpacity(0.75)
      .fill('#FFFFFF');
    doc.restore();
    pen.text(label, spot[0], spot[1] + 10.2, style);
  }
}

function drawLegend(pen: Pen, y: number, beat: BookBeat, { t }: Words): void {
  const { doc } = pen;
  let x = PAGE.left + 6;
  const style = { size: 7, colour: INK.soft };
  const put = (text: string, draw: (left: number) => void, wide: number) => {
    draw(x);
    pen.text(text, x + wide + 4, y + 2.5, style);
    x += wide + 4 + pen.width(text, style) + 14;
  };
  const border = (colour: string, width: number, dash?: number) => (left: number) => {
    doc.save();
    doc
      .moveTo(left, y)
      .lineTo(left + 18, y)
      .lineWidth(width);
    if (dash !== undefined) doc.dash(dash, { space: dash * 0.7 });
    doc.stroke(colour);
    doc.restore();
  };
  put(t.legendOwn, border(INK.accent, 2.4), 18);
  put(t.legendZone, border(MAP_COLOURS.zone, 1.6), 18);
  put(t.legendBeat, border(MAP_COLOURS.beat, 0.8, 4), 18);
  for (const sign of SIGNS) {
    const first = beat.places.find((place) => place.sign === sign);
    if (first === undefined) continue;
    put(t.signs[sign], (left) => drawSign(pen, sign, first.mark, [left + 7, y]), 14);
  }
}

/** Those of the plan, as the console shows them. */
function figuresOf({ order, streets }: Book, { figures, places, response }: BookBeat, words: Words): Figure[] {
  const { t, number, percent } = words;
  const { deviation } = figures;
  return [
    { label: t.area, value: number(figures.areaKm2, 2), unit: t.km2 },
    { label: t.perimeter, value: number(figures.perimeterKm, 2), unit: t.km },
    streetFigure(streets, figures.streetKm, words),
    { label: t.incidents, value: number(figures.incidents) },
    { label: t.workload, value: number(figures.workload, 1) },
    {
      label: t.deviation,
      value: percent(deviation, 1, true),
      isOff: deviation !== undefined && Math.abs(deviation) > order.plan.basis.tolerance,
    },
    { label: t.compactness, value: number(figures.compactness, 2) },
    {
      label: t.response,
      value: number(response?.mean, 1),
      ...(response === undefined ? {} : { unit: t.minutes, note: `P90 ${number(response.p90, 1)} ${t.minutes}` }),
    },
    { label: t.keyPlaces, value: number(places.filter(({ tier }) => tier !== null).length) },
  ];
}
