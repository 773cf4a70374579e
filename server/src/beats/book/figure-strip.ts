import { INK, type Pen } from './pen.ts';
import type { Book } from './prepare-book.ts';
import type { Words } from './words.ts';

export interface Figure {
  label: string;
  value: string;
  unit?: string;
  /** Below the value. */
  note?: string;
  isOff?: boolean;
}

/** Where there are no street data nobody knows how long the streets are. */
export function streetFigure(streets: Book['streets'], km: number | undefined, { t, number }: Words): Figure {
  return streets === null
    ? { label: t.streetLength, value: number(undefined) }
    : { label: t.streetLength, value: number(km, 1), unit: t.km };
}

/** Figures side by side, each in a cell of its own: 36 points high. */
export function drawFigures(pen: Pen, figures: readonly Figure[], x: number, y: number, width: number): void {
  const cell = width / figures.length;
  const { doc } = pen;
  doc.save();
  doc.rect(x, y, width, 36).lineWidth(0.6).fillAndStroke('#F4F6F8', INK.line);
  for (let i = 1; i < figures.length; i++) doc.moveTo(x + i * cell, y + 5).lineTo(x + i * cell, y + 31);
  doc.lineWidth(0.5).stroke(INK.line);
  doc.restore();
  for (const [i, { label, value, unit = '', note = '', isOff = false }] of figures.entries()) {
    const left = x + i * cell + 5;
    const room = cell - 8;
    pen.text(label, left, y + 10, pen.fit(label, room, { size: 6.6, colour: INK.soft }, 4.5));
    const unitWidth = unit === '' ? 0 : pen.width(unit, { size: 6.6 }) + 2;
    const style = pen.fit(value, room - unitWidth, { size: 12, weight: 'bold', colour: isOff ? INK.act : INK.text }, 6);
    pen.text(value, left, y + 23.5, style);
    if (unit !== '') pen.text(unit, left + pen.width(value, style) + 2, y + 23.5, { size: 6.6, colour: INK.soft });
    if (note !== '') pen.text(note, left, y + 31.5, pen.fit(note, room, { size: 5.8, colour: INK.soft }, 4.5));
  }
}
