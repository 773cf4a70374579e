import { createInstantReader } from './instant-reader.ts';

/** Tried in this order; where several fit every sample, the first wins. */
const CANDIDATES = [
  'auto',
  'M/d/yyyy H:mm:ss',
  'M/d/yyyy H:mm',
  'M/d/yyyy h:mm:ss a',
  'M/d/yyyy h:mm a',
  'M/d/yyyy',
  'd/M/yyyy H:mm:ss',
  'd/M/yyyy H:mm',
  'd/M/yyyy',
  'd.M.yyyy H:mm:ss',
  'd.M.yyyy H:mm',
  'd.M.yyyy',
  'd-M-yyyy H:mm:ss',
  'd-M-yyyy H:mm',
  'd-M-yyyy',
  'yyyy年M月d日 aH:mm',
  'yyyy年M月d日 ah:mm',
  'yyyy/M/d ah:mm:ss',
  'yyyy/M/d ah:mm',
] as const;

/**
 * The format that reads the largest share of samples; 3/4/2020 alone is read month first, and a sample such as 25/12/2020
 * anywhere turns it. O(samples · formats).
 */
export function guessDateFormat(samples: readonly string[]): { dateFormat: string; share: number } {
  const texts = samples.filter((text) => text !== '');
  let best: { dateFormat: string; share: number } = { dateFormat: 'auto', share: 0 };
  if (texts.length === 0) return best;
  for (const dateFormat of CANDIDATES) {
    const read = createInstantReader(dateFormat, 'UTC');
    const share = texts.filter((text) => !Number.isNaN(read(text))).length / texts.length;
    if (share > best.share) best = { dateFormat, share };
    if (share === 1) break;
  }
  return best;
}
