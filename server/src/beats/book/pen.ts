import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type PDFDocument from 'pdfkit';
import { unpackWoff } from './unpack-woff.ts';

export type Document = InstanceType<typeof PDFDocument>;
export type Weight = 'regular' | 'bold';

/** Colours for paper: the console's light theme, its hues of areas. */
export const INK = {
  text: '#16202A',
  soft: '#45525F',
  faint: '#6B7783',
  line: '#CFD7DE',
  accent: '#0B3D7A',
  warn: '#8F5A00',
  act: '#B3261E',
  paper: '#FFFFFF',
} as const;
const HUES = ['#7C93B8', '#A58BB0', '#7FA39A', '#B09A78', '#8D8FB5', '#A3A67F', '#B08A8A'];
export const hueOf = (colour: number): string => HUES[colour % HUES.length];

export interface TextStyle {
  size: number;
  weight?: Weight;
  colour?: string;
  align?: 'left' | 'center' | 'right';
}

/** Text by its baseline, in points from the top left; `x` is the left, the middle or the right by `align`. */
export interface Pen {
  doc: Document;
  width(text: string, style: TextStyle): number;
  text(text: string, x: number, baseline: number, style: TextStyle): void;
  /** Lines no wider than asked, broken between Chinese characters and between words. */
  wrap(text: string, width: number, style: TextStyle): string[];
  /** The style, smaller where the text would be wider; no smaller than `leastSize`. */
  fit(text: string, width: number, style: TextStyle, leastSize: number): TextStyle;
}

const FILES: Record<Weight, string> = { regular: 'noto-sans-sc-400.woff', bold: 'noto-sans-sc-700.woff' };
/** 〓, what Chinese and Japanese typesetters put where they lack a character. */
const LACKING = '〓';

let fonts: Record<Weight, Buffer> | undefined;
/** Kept by the thread: unpacking takes longer than a page. */
function loadFonts(): Record<Weight, Buffer> {
  const load = (weight: Weight) =>
    unpackWoff(readFileSync(fileURLToPath(new URL(`../../../fonts/${FILES[weight]}`, import.meta.url))));
  fonts ??= { regular: load('regular'), bold: load('bold') };
  return fonts;
}

export function createPen(doc: Document): Pen {
  for (const [weight, data] of Object.entries(loadFonts())) doc.registerFont(weight, data);
  const known = new Map<string, string>();
  /** Texts come from people: what the font has not is marked, never silently dropped. */
  const printable = (text: string): string => {
    const found = known.get(text);
    if (found !== undefined) return found;
    // The dot is as wide as a Chinese character and needs no blanks beside it.
    const plain = text.replace(/\s/g, ' ').replaceAll(' · ', '·');
    const made = Array.from(plain, (letter) => (hasGlyph(doc, letter) ? letter : LACKING)).join('');
    known.set(text, made);
    return made;
  };
  const use = ({ size, weight = 'regular' }: TextStyle) => doc.font(weight).fontSize(size);
  const width = (text: string, style: TextStyle) => {
    const letters = printable(text);
    return use(style).widthOfString(letters);
  };
  return {
    doc,
    width,
    text(text, x, baseline, style) {
      if (text === '') return;
      const wide = style.align === undefined || style.align === 'left' ? 0 : width(text, style);
      const letters = printable(text);
      const left = style.align === 'center' ? x - wide / 2 : x - wide;
      use(style)
        .fillColor(style.colour ?? INK.text)
        .text(letters, left, baseline, { lineBreak: false, baseline: 'alphabetic' });
    },
    wrap(text, most, style) {
      const lines: string[] = [];
      let line = '';
      for (const part of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+/g) ?? []) {
        if (line !== '' && width((line + part).trimEnd(), style) > most) {
          lines.push(line.trimEnd());
          line = part.trimStart();
        } else line += part;
      }
      return [...lines, line.trimEnd()];
    },
    fit(text, most, style, leastSize) {
      const wide = width(text, style);
      return wide <= most ? style : { ...style, size: Math.max(leastSize, (style.size * most) / wide) };
    },
  };
}

function hasGlyph(doc: Document, letter: string): boolean {
  // pdfkit keeps the font to itself, and draws an empty box where a glyph is lacking.
  const face = Reflect.get(doc.font('regular'), '_font') as {
    font: { hasGlyphForCodePoint: (code: number) => boolean };
  };
  return face.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);
}
