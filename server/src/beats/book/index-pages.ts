import { drawNumber } from './draw-map.ts';
import { CONTENT_WIDTH, PAGE, rule } from './furniture.ts';
import { hueOf, INK, type Pen } from './pen.ts';
import type { Book, BookBeat } from './prepare-book.ts';
import type { AreaOnGround } from './ground.ts';
import type { Words } from './words.ts';

const FIRST_ROW = 102;
const ROW = 15.5;
const ROWS_A_PAGE = Math.floor((PAGE.bottom - FIRST_ROW) / ROW);

type Entry = { zone: AreaOnGround } | { beat: BookBeat };

/** Zones with their beats beneath them; both by number. */
function entriesOf({ zones, beats }: Book): Entry[] {
  return zones.flatMap((zone) => [
    { zone },
    ...beats.filter(({ zoneNumber }) => zoneNumber === zone.number).map((beat) => ({ beat })),
  ]);
}

export const indexPageCount = (book: Book): number => Math.max(1, Math.ceil(entriesOf(book).length / ROWS_A_PAGE));

/** Figures of every zone and beat, and on which page the beat is. `at`: which of the index's pages, from 0. */
export function drawIndex(pen: Pen, book: Book, words: Words, at: number, pageOf: ReadonlyMap<number, number>): void {
  const { t } = words;
  const columns = columnsOf(words, pageOf);
  pen.text(`${t.contents}${at > 0 ? t.continued : ''}`, PAGE.left, 72, { size: 16, weight: 'bold' });
  for (const { title, right } of columns)
    pen.text(title, right, FIRST_ROW - 7, pen.fit(title, 46, { size: 7, colour: INK.soft, align: 'right' }, 4.5));
  pen.text(`${t.zone} / ${t.beat}`, PAGE.left + 4, FIRST_ROW - 7, { size: 7, colour: INK.soft });
  rule(pen, FIRST_ROW - 2, INK.soft, 0.8);
  const entries = entriesOf(book).slice(at * ROWS_A_PAGE, (at + 1) * ROWS_A_PAGE);
  for (const [i, entry] of entries.entries()) {
    const y = FIRST_ROW + i * ROW;
    const area = 'zone' in entry ? entry.zone : entry.beat;
    const weight = 'zone' in entry ? ('bold' as const) : ('regular' as const);
    const label = words.name(area.name);
    const left = PAGE.left + ('zone' in entry ? 4 : 34);
    if ('zone' in entry) {
      pen.doc.save();
      pen.doc.rect(PAGE.left, y, CONTENT_WIDTH, ROW).fill('#F1F4F6');
      pen.doc.restore();
    } else drawNumber(pen, [PAGE.left + 20, y + 7.8], { number: area.number, colour: hueOf(area.colour), size: 7 });
    const text = 'zone' in entry ? `${String(area.number).padStart(2, '0')} ${label}` : label;
    pen.text(text, left, y + 10.6, pen.fit(text, PAGE.left + 150 - left, { size: 8, weight }, 5));
    for (const { right, cell, isOff } of columns) {
      const colour = isOff?.(area, book) ? INK.act : INK.text;
      pen.text(cell(area, entry, book), right, y + 10.6, { size: 8, weight, align: 'right', colour });
    }
    rule(pen, y + ROW, INK.line, 0.4);
    if ('beat' in entry) pen.doc.goTo(PAGE.left, y, CONTENT_WIDTH, ROW, destinationOf(area.number));
  }
}

export const destinationOf = (beat: number): string => `beat-${beat}`;

interface Column {
  title: string;
  right: number;
  cell: (area: AreaOnGround, entry: Entry, book: Book) => string;
  isOff?: (area: AreaOnGround, book: Book) => boolean;
}

function columnsOf({ t, number, percent }: Words, pageOf: ReadonlyMap<number, number>): Column[] {
  const columns: Omit<Column, 'right'>[] = [
    { title: `${t.area} ${t.km2}`, cell: ({ figures }) => number(figures.areaKm2, 2) },
    {
      title: `${t.streetLength} ${t.km}`,
      cell: ({ figures }, _entry, { streets }) => number(streets === null ? undefined : figures.streetKm, 1),
    },
    { title: t.incidents, cell: ({ figures }) => number(figures.incidents) },
    { title: t.workload, cell: ({ figures }) => number(figures.workload, 1) },
    {
      title: t.deviation,
      cell: ({ figures }) => percent(figures.deviation, 1, true),
      isOff: ({ figures: { deviation = 0 } }, { order }) => Math.abs(deviation) > order.plan.basis.tolerance,
    },
    {
      title: t.responseColumn,
      cell: (_area, entry) => ('zone' in entry ? '' : number(entry.beat.response?.mean, 1)),
    },
    { title: t.page, cell: (area, entry) => ('zone' in entry ? '' : String(pageOf.get(area.number) ?? '')) },
  ];
  const room = CONTENT_WIDTH - 150;
  return columns.map((column, i) => ({ ...column, right: PAGE.left + 150 + (room * (i + 1)) / columns.length - 3 }));
}
