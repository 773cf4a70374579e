import type { BookOrder } from './book-order.ts';
import { INK, type Pen } from './pen.ts';
import type { Words } from './words.ts';

/** A4, in points. */
export const PAGE = { width: 595.28, height: 841.89, left: 40, right: 555.28, top: 58, bottom: 796 } as const;
export const CONTENT_WIDTH = PAGE.right - PAGE.left;

/** What stands on every page: whose plan, which version, demonstration data, page number, and what it is not yet. */
export function drawFurniture(
  pen: Pen,
  order: BookOrder,
  words: Words,
  { page, pages }: { page: number; pages: number },
): void {
  const { t, fill, name, instant } = words;
  const { plan, bureau } = order;
  const { doc } = pen;
  const small = { size: 7.5, colour: INK.soft };
  pen.text(`${name(bureau.name)} · ${t.book}`, PAGE.left, 38, { ...small, weight: 'bold' });
  const state = `${fill(t.version, { version: plan.version })} · ${t.state[plan.state]}`;
  const right = `${plan.name} · ${state}`;
  pen.text(right, PAGE.right, 38, pen.fit(right, CONTENT_WIDTH * 0.6, { ...small, align: 'right' }, 5));
  rule(pen, 44, INK.accent, 1.2);

  rule(pen, 806, INK.line, 0.6);
  const dated = `${fill(t.version, { version: plan.version })} · ${t.dated} ${instant(plan.revisedAt)}`;
  pen.text(dated, PAGE.left, 818, small);
  pen.text(fill(t.pageOf, { page, pages }), PAGE.right, 818, { ...small, align: 'right' });
  if (bureau.attribution !== '')
    pen.text(bureau.attribution, PAGE.width / 2, 818, { size: 6.5, colour: INK.faint, align: 'center' });
  if (bureau.demonstration) {
    const tag = t.demonstration;
    const width = pen.width(tag, { size: 7.5, weight: 'bold' }) + 10;
    const left = PAGE.left + pen.width(`${name(bureau.name)} · ${t.book}`, { ...small, weight: 'bold' }) + 8;
    doc.save();
    doc.roundedRect(left, 29, width, 12, 2).lineWidth(0.8).stroke(INK.warn);
    doc.restore();
    pen.text(tag, left + width / 2, 37.8, { size: 7.5, weight: 'bold', colour: INK.warn, align: 'center' });
  }
  drawMark(pen, t.mark[plan.state]);
}

/** Across the whole page, over everything. */
function drawMark(pen: Pen, mark: string): void {
  if (mark === '') return;
  const { doc } = pen;
  const style = pen.fit(mark, 700, { size: 190, weight: 'bold', colour: INK.act, align: 'center' }, 60);
  const [x, y] = [PAGE.width / 2, PAGE.height / 2];
  doc.save();
  doc.rotate(-52, { origin: [x, y] }).fillOpacity(0.13);
  pen.text(mark, x, y + style.size * 0.36, style);
  doc.restore();
}

export function rule(
  { doc }: Pen,
  y: number,
  colour: string,
  width: number,
  from: number = PAGE.left,
  to: number = PAGE.right,
): void {
  doc.save();
  doc.moveTo(from, y).lineTo(to, y).lineWidth(width).stroke(colour);
  doc.restore();
}
