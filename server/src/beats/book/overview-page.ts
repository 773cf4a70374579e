import { RESPONSE_ASSUMPTIONS } from '@xunfang/geo-data/response';
import {
  drawNumber,
  drawScaleBar,
  drawStreets,
  fillShape,
  inFrame,
  MAP_COLOURS,
  reserveScaleBar,
  strokeShape,
} from './draw-map.ts';
import { drawFigures, type Figure, streetFigure } from './figure-strip.ts';
import { CONTENT_WIDTH, PAGE } from './furniture.ts';
import { mapFrame, type Rect } from './map-frame.ts';
import { hueOf, INK, type Pen } from './pen.ts';
import type { Book } from './prepare-book.ts';
import { around, createRoom } from './room.ts';
import { writeStreetNames } from './street-names.ts';
import { approvalOf, periodOf, type Words } from './words.ts';

const MAP: Rect = { x: PAGE.left, y: 268, width: CONTENT_WIDTH, height: 444 };

export function drawOverview(pen: Pen, book: Book, words: Words): void {
  drawHead(pen, book, words);
  drawFacts(pen, book, words);
  drawFigures(pen, figuresOf(book, words), PAGE.left, 222, CONTENT_WIDTH);
  drawPlanMap(pen, book, words);
  drawLegend(pen, words);
  drawNotes(pen, book, words);
}

function drawHead(pen: Pen, { order }: Book, { t, fill, name }: Words): void {
  const { plan, bureau } = order;
  pen.text(t.book, PAGE.left, 68, { size: 11, weight: 'bold', colour: INK.accent });
  pen.text(plan.name, PAGE.left, 98, pen.fit(plan.name, CONTENT_WIDTH, { size: 26, weight: 'bold' }, 10));
  const line = `${name(bureau.name)} · ${fill(t.version, { version: plan.version })} · ${t.state[plan.state]}`;
  pen.text(line, PAGE.left, 116, pen.fit(line, CONTENT_WIDTH, { size: 11, colour: INK.soft }, 7));
}

/** Two columns of facts. */
function drawFacts(pen: Pen, { order }: Book, words: Words): void {
  const { t, fill, instant, number } = words;
  const { plan, bureau } = order;
  const { basis } = plan;
  const duty = plan.dutyLevel === null ? t.everyDuty : fill(t.duty, { level: plan.dutyLevel });
  const facts: [label: string, value: string][] = [
    [t.period, periodOf(plan, words)],
    [t.variant, `${t.shift[plan.shift]} · ${duty}`],
    [t.dated, instant(plan.revisedAt)],
    [t.made, plan.createdBy],
    [t.submitted, plan.submittedBy ?? '—'],
    [t.approved, approvalOf(plan, words)],
    [
      t.basis,
      fill(t.basisOf, {
        from: instant(basis.incidentsFrom, 'day'),
        to: instant(basis.incidentsTo, 'day'),
        count: number(basis.incidentCount),
      }),
    ],
    [t.cells, fill(t.cellsOf, { resolution: plan.resolution })],
  ];
  const half = CONTENT_WIDTH / 2;
  for (const [i, [label, value]] of facts.entries()) {
    const x = PAGE.left + (i % 2) * half;
    const y = 138 + Math.floor(i / 2) * 15;
    pen.text(label, x, y, { size: 8, colour: INK.soft });
    pen.text(value, x + 62, y, pen.fit(value, half - 68, { size: 8.5 }, 5));
  }
  if (!bureau.demonstration) return;
  pen.doc.save();
  pen.doc.roundedRect(PAGE.left, 195, CONTENT_WIDTH, 18, 2).fillAndStroke('#FFF6E5', INK.warn);
  pen.doc.restore();
  const label = t.demonstration;
  const bold = { size: 9, weight: 'bold', colour: INK.warn } as const;
  pen.text(label, PAGE.left + 8, 207.4, bold);
  pen.text(t.demonstrationNote, PAGE.left + 16 + pen.width(label, bold), 207.2, { size: 8, colour: INK.warn });
}

function figuresOf({ zones, beats, streets, response, order }: Book, words: Words): Figure[] {
  const { t, fill, number, percent } = words;
  const sum = (name: 'areaKm2' | 'streetKm' | 'incidents' | 'workload') =>
    beats.reduce((total, { figures }) => total + (figures[name] ?? Number.NaN), 0);
  const worst = Math.max(...beats.map(({ figures }) => Math.abs(figures.deviation ?? Number.NaN)));
  const { tolerance } = order.plan.basis;
  return [
    { label: t.zones, value: number(zones.length) },
    { label: t.beats, value: number(beats.length) },
    { label: t.area, value: number(sum('areaKm2'), 2), unit: t.km2 },
    streetFigure(streets, sum('streetKm'), words),
    { label: t.incidents, value: number(sum('incidents')) },
    { label: t.meanWorkload, value: number(sum('workload') / beats.length, 1) },
    {
      label: t.worst,
      value: percent(worst),
      note: fill(t.tolerance, { share: percent(tolerance, 0) }),
      isOff: worst > tolerance,
    },
    {
      label: t.response,
      value: number(response?.overall.mean, 1),
      ...(response === null ? {} : { unit: t.minutes, note: `P90 ${number(response.overall.p90, 1)} ${t.minutes}` }),
    },
  ];
}

function drawPlanMap(pen: Pen, book: Book, words: Words): void {
  const { doc } = pen;
  const frame = mapFrame(book.boundary.box, MAP, 8);
  const room = createRoom(frame);
  reserveScaleBar(frame, room);
  inFrame(pen, frame, () => {
    doc.rect(frame.x, frame.y, frame.width, frame.height).fill(MAP_COLOURS.outside);
    fillShape(doc, frame, book.boundary, MAP_COLOURS.land);
    for (const beat of book.beats) fillShape(doc, frame, beat.shape, hueOf(beat.colour), 0.42);
    if (book.streets !== null) drawStreets(doc, frame, book.streets, { edge: '#9AA6B1', edgeWidth: 0.25, share: 0.24 });
    for (const beat of book.beats) strokeShape(doc, frame, beat.shape, { colour: MAP_COLOURS.beat, width: 0.8 });
    for (const zone of book.zones) strokeShape(doc, frame, zone.shape, { colour: MAP_COLOURS.zone, width: 2 });
    const size = book.beats.length > 60 ? 6 : 9.5;
    for (const beat of book.beats) {
      const at = frame.toPage(beat.label);
      room.take([around(...at, size * 2.2, size * 1.5)]);
      drawNumber(pen, at, { number: beat.number, colour: '#2B3947', size });
    }
    const lines = (book.streets ?? []).filter(({ rank }) => rank === 'arterial' || rank === 'main');
    writeStreetNames(pen, frame, lines, { room, own: null, size: 5.6, colour: MAP_COLOURS.name });
  });
  drawScaleBar(pen, frame, words);
}

function drawLegend(pen: Pen, { t }: Words): void {
  const { doc } = pen;
  const y = MAP.y + MAP.height + 13;
  const style = { size: 7.5, colour: INK.soft };
  let x = PAGE.left;
  const put = (text: string, wide: number, draw: (left: number) => void) => {
    draw(x);
    pen.text(text, x + wide + 5, y + 2.6, style);
    x += wide + 5 + pen.width(text, style) + 18;
  };
  const border = (colour: string, width: number) => (left: number) => {
    doc.save();
    doc
      .moveTo(left, y)
      .lineTo(left + 20, y)
      .lineWidth(width)
      .stroke(colour);
    doc.restore();
  };
  put(t.legendZone, 20, border(MAP_COLOURS.zone, 2));
  put(t.legendBeat, 20, border(MAP_COLOURS.beat, 0.8));
  put(t.legendNumber, 18, (left) => drawNumber(pen, [left + 9, y], { number: 1, colour: '#2B3947', size: 8 }));
  put(t.legendHue, 22, (left) => {
    for (const i of [0, 1, 2]) {
      doc.save();
      doc
        .rect(left + i * 7, y - 4, 7, 8)
        .fillOpacity(0.42)
        .fill(hueOf(i));
      doc.restore();
    }
  });
}

function drawNotes(pen: Pen, { order, beats, streets, response }: Book, { t, fill }: Words): void {
  const { bureau } = order;
  const hasFigures = beats.some(({ figures }) => figures.workload !== undefined);
  const { detourFactor, speedKmh, sceneMinutes } = RESPONSE_ASSUMPTIONS;
  const notes = [
    hasFigures ? `${t.workloadNote} ${t.compactNote}` : t.noFigures,
    ...(response === null
      ? []
      : [fill(t.responseNote, { detour: detourFactor, speed: speedKmh, scene: sceneMinutes })]),
    ...(streets === null ? [t.noRoads] : []),
    [`${t.sources}: ${bureau.attribution}`, fill(t.timeZone, { zone: bureau.timeZone }), t.madeBy]
      .filter((_, i) => i > 0 || bureau.attribution !== '')
      .join(' · '),
  ];
  const style = { size: 7, colour: INK.soft };
  let y = MAP.y + MAP.height + 33;
  for (const note of notes)
    for (const line of pen.wrap(note, CONTENT_WIDTH, style)) {
      pen.text(line, PAGE.left, y, style);
      y += 10;
    }
}
