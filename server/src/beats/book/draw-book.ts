import PDFDocument from 'pdfkit';
import { drawBeat } from './beat-pages.ts';
import { drawFurniture, PAGE } from './furniture.ts';
import { destinationOf, drawIndex, indexPageCount } from './index-pages.ts';
import { drawOverview } from './overview-page.ts';
import { createPen } from './pen.ts';
import type { Book } from './prepare-book.ts';
import { wordsOf } from './words.ts';

const CHUNK_BYTES = 65_536;

/**
 * Writes the book as a PDF: the plan, the index, a page for every beat. The same order gives the same bytes: its date is that of the plan's
 * last revision. Resolves when all bytes are told.
 */
export async function drawBook(book: Book, tell: (bytes: Uint8Array) => void): Promise<void> {
  const { order, beats } = book;
  const { plan, bureau, language } = order;
  const words = wordsOf(order);
  const { t, fill, name } = words;
  const date = new Date(plan.revisedAt);
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    bufferPages: true,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: language === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    info: {
      Title: `${plan.name} · ${fill(t.version, { version: plan.version })}`,
      Author: name(bureau.name),
      Subject: t.book,
      Creator: 'Xunfang',
      Producer: 'Xunfang',
      CreationDate: date,
      ModDate: date,
    },
  });
  const written = collect(doc, tell);
  const pen = createPen(doc);

  doc.addPage();
  drawOverview(pen, book, words);
  doc.outline.addItem(plan.name);
  const indexPages = indexPageCount(book);
  for (let at = 0; at < indexPages; at++) {
    doc.addPage();
    if (at === 0) doc.outline.addItem(t.contents);
  }
  const pageOf = new Map<number, number>();
  for (const beat of beats) {
    doc.addPage();
    pageOf.set(beat.number, doc.bufferedPageRange().count);
    doc.addNamedDestination(destinationOf(beat.number));
    doc.outline.addItem(`${String(beat.number).padStart(2, '0')} ${name(beat.name)}`);
    drawBeat(pen, book, beat, words, () => doc.addPage());
  }
  // What names pages can only be written now.
  for (let at = 0; at < indexPages; at++) {
    doc.switchToPage(1 + at);
    drawIndex(pen, book, words, at, pageOf);
  }
  const pages = doc.bufferedPageRange().count;
  for (let page = 1; page <= pages; page++) {
    doc.switchToPage(page - 1);
    drawFurniture(pen, order, words, { page, pages });
  }
  doc.end();
  await written;
}

/** The many small writes of a document in fewer, larger ones. */
function collect(doc: InstanceType<typeof PDFDocument>, tell: (bytes: Uint8Array) => void): Promise<void> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  const flush = () => {
    if (bytes > 0) tell(Buffer.concat(waiting));
    [waiting, bytes] = [[], 0];
  };
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => {
      waiting.push(chunk);
      bytes += chunk.byteLength;
      if (bytes >= CHUNK_BYTES) flush();
    });
    doc.on('error', reject);
    doc.on('end', () => {
      flush();
      resolve();
    });
  });
}
