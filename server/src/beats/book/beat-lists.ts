import type { Row, Section } from './flow-rows.ts';
import { rule } from './furniture.ts';
import { hueOf, INK, type Pen } from './pen.ts';
import { drawNumber } from './draw-map.ts';
import { drawSign } from './place-signs.ts';
import type { Book, BookBeat } from './prepare-book.ts';
import type { Words } from './words.ts';

const TEXT = { size: 7.8 };
const SOFT = { size: 7, colour: INK.soft };
const LINE = 11.4;
/** Below this a name is not made smaller but takes two lines. */
const LEAST_NAME = 6.4;
const PLACE_INDENT = 20;

/** Who adjoins the beat and where. */
export function neighbourSection(pen: Pen, { neighbours }: BookBeat, { beats }: Book, words: Words): Section {
  const { t, fill, name, number } = words;
  return section(
    pen,
    words,
    t.neighbours,
    neighbours.map((neighbour) => ({
      height: LINE,
      draw(x, y, width) {
        const beat = beats.find((other) => other.number === neighbour.number);
        if (beat === undefined) return;
        const base = y + 8;
        const border = fill(t.border, { km: number(neighbour.borderMeters / 1000, 2) });
        pen.text(t.compass[neighbour.direction], x, base, { ...TEXT, weight: 'bold', colour: INK.soft });
        drawNumber(pen, [x + 30, base - 2.6], { number: neighbour.number, colour: hueOf(beat.colour), size: 6.5 });
        const room = width - 42 - pen.width(border, SOFT) - 6;
        pen.text(name(beat.name), x + 42, base, pen.fit(name(beat.name), room, TEXT, 5));
        pen.text(border, x + width, base, { ...SOFT, align: 'right' });
      },
    })),
    t.noNeighbours,
  );
}

/** Two streets a line. */
export function streetSection(pen: Pen, { streets }: BookBeat, book: Book, words: Words): Section {
  const { t, number } = words;
  const rows = Array.from({ length: Math.ceil(streets.length / 2) }, (_, at): Row => {
    const pair = streets.slice(2 * at, 2 * at + 2);
    return {
      height: LINE - 0.6,
      draw(x, y, width) {
        const half = (width - 14) / 2;
        for (const [i, { name, meters }] of pair.entries()) {
          const left = x + i * (half + 14);
          const km = `${number(meters / 1000, 2)} ${t.km}`;
          const label = name === '' ? t.nameless : name;
          const style = { ...TEXT, colour: name === '' ? INK.soft : INK.text };
          pen.text(label, left, y + 8, pen.fit(label, half - pen.width(km, SOFT) - 4, style, 4.5));
          pen.text(km, left + half, y + 8, { ...SOFT, align: 'right' });
        }
      },
    };
  });
  return section(pen, words, t.streetsIn, rows, book.streets === null ? t.noRoads : t.noStreets);
}

/** By the number on the map. */
export function placeSection(pen: Pen, { places }: BookBeat, words: Words, width: number): Section {
  const { t, fill, name, kind } = words;
  return section(
    pen,
    words,
    t.places,
    places.map((place): Row => {
      const tier =
        place.tier === null ? '' : ` · ${fill(t.tier, { minutes: [1, 3, 5][place.tier - 1] ?? place.tier })}`;
      const about = `${kind(place.kind)}${tier}`;
      const label = name(place.name);
      const room = width - PLACE_INDENT - pen.width(about, SOFT) - 6;
      const style = pen.fit(label, room, TEXT, LEAST_NAME);
      const lines = pen.wrap(label, room, style);
      return {
        height: 14 + (lines.length - 1) * 8.6,
        draw(x, y) {
          drawSign(pen, place.sign, place.mark, [x + 7.6, y + 6.4]);
          for (const [i, line] of lines.entries()) pen.text(line, x + PLACE_INDENT, y + 9.2 + i * 8.6, style);
          pen.text(about, x + width, y + 9.2, { ...SOFT, align: 'right' });
        },
      };
    }),
    t.noPlaces,
  );
}

function section(pen: Pen, { t }: Words, title: string, rows: Row[], empty: string): Section {
  const none: Row = { height: LINE, draw: (x, y) => pen.text(empty, x, y + 8, { ...TEXT, colour: INK.soft }) };
  return {
    title: (isContinued) => ({
      height: 17,
      draw(x, y, width) {
        pen.text(`${title}${isContinued ? t.continued : ''}`, x, y + 9, {
          size: 9,
          weight: 'bold',
          colour: INK.accent,
        });
        rule(pen, y + 13, INK.line, 0.6, x, x + width);
      },
    }),
    rows: rows.length > 0 ? rows : [none],
  };
}
