import type { RejectionReason } from '@xunfang/geo-data/contract';
import type { Language } from '../../platform/index.ts';
import { rejectionMessage } from '../rejection-message.ts';
import type { RejectionRow } from './imports.repository.ts';

const HEADINGS = {
  zh: ['行号', '原因代码', '原因', '字段', '原始行'],
  en: ['row', 'reason', 'message', 'field', 'raw row'],
} as const;

/** What a spreadsheet would take for a formula is made text by an apostrophe; a plain number stays one. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

export function csvCell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The rejected rows as CSV, with a byte order mark so that Excel reads the Chinese. */
export async function* rejectionsCsv(pages: AsyncIterable<RejectionRow[]>, language: Language): AsyncGenerator<string> {
  yield `\ufeff${HEADINGS[language].join(',')}\r\n`;
  for await (const rows of pages) {
    let text = '';
    for (const { row_number, reason, field, raw } of rows) {
      const message = rejectionMessage(reason as RejectionReason, field, language);
      text += `${[String(row_number), reason, message, field ?? '', raw].map(csvCell).join(',')}\r\n`;
    }
    yield text;
  }
}
