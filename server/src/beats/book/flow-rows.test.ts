import fc from 'fast-check';
import { expect, it } from 'vitest';
import { flowRows, type Row, type Section } from './flow-rows.ts';

interface Drawn {
  text: string;
  x: number;
  y: number;
  height: number;
}

const COLUMNS = [0, 100].map((x) => ({ x, y: 10, width: 90, height: 120 }));

it('sets every row once and in order, none below its column, no title alone at the end of one', () => {
  const heights = fc.array(fc.array(fc.integer({ min: 5, max: 30 }), { minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(heights, (sections) => {
      const drawn: Drawn[] = [];
      const row = (text: string, height: number): Row => ({
        height,
        draw: (x, y) => void drawn.push({ text, x, y, height }),
      });
      let rest: Section[] = sections.map((rows, at) => ({
        title: (isContinued) => row(`title ${at}${isContinued ? ' again' : ''}`, 17),
        rows: rows.map((height, i) => row(`${at}.${i}`, height)),
      }));
      for (let pages = 0; rest.length > 0; pages++) {
        expect(pages).toBeLessThan(50);
        const before = drawn.length;
        rest = flowRows(rest, COLUMNS);
        for (const [i, { text, x, y, height }] of drawn.slice(before).entries()) {
          expect(y + height).toBeLessThanOrEqual(130);
          const next = drawn.slice(before)[i + 1];
          if (text.startsWith('title')) expect(next).toMatchObject({ x, y: y + height });
        }
      }
      const rows = drawn.filter(({ text }) => !text.startsWith('title')).map(({ text }) => text);
      expect(rows).toEqual(sections.flatMap((of, at) => of.map((_, i) => `${at}.${i}`)));
      expect(drawn.filter(({ text }) => /^title \d+$/.test(text))).toHaveLength(sections.length);
    }),
  );
});
