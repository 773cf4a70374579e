import { civilSeconds } from './civil-seconds.ts';

type Part = 'year' | 'month' | 'day' | 'hour' | 'hour12' | 'minute' | 'second' | 'half';
interface Token {
  part: Part | null;
  /** Digits at most and at least; without a literal behind it a number takes exactly its written width. */
  min: number;
  max: number;
  literal: string;
}

const LETTERS: Record<string, Part> = {
  yyyy: 'year',
  M: 'month',
  MM: 'month',
  d: 'day',
  dd: 'day',
  H: 'hour',
  HH: 'hour',
  h: 'hour12',
  hh: 'hour12',
  m: 'minute',
  mm: 'minute',
  s: 'second',
  ss: 'second',
  a: 'half',
};

const AFTERNOON = /^(?:下午|晚上|傍晚|p\.?m\.?)/i;
const MORNING = /^(?:上午|早上|凌晨|中午|a\.?m\.?)/i;

/** Local seconds (as if UTC) of a text written after the pattern, or NaN. */
export type PatternReader = (text: string) => number;

/**
 * Compiles a pattern of yyyy M MM d dd H HH h hh m mm s ss a and literal separators. Numbers may be written with or without
 * their leading zero unless the next part follows without a separator; a blank stands for any white space.
 * @throws when a letter means nothing, a part occurs twice, or year, month or day is missing.
 */
export function compileDatePattern(pattern: string): PatternReader {
  const tokens = tokenize(pattern);
  const parts = tokens.flatMap((token) => (token.part === null ? [] : [token.part]));
  for (const part of ['year', 'month', 'day'] as const)
    if (!parts.includes(part)) throw new Error(`The date pattern ${pattern} has no ${part}.`);
  if (new Set(parts).size !== parts.length) throw new Error(`The date pattern ${pattern} names a part twice.`);

  return (text) => {
    let at = 0;
    const values = { year: 0, month: 0, day: 0, hour: 0, hour12: -1, minute: 0, second: 0, half: -1 };
    for (const token of tokens) {
      if (token.part === null) {
        const end = readLiteral(text, at, token.literal);
        if (end < 0) return Number.NaN;
        at = end;
      } else if (token.part === 'half') {
        const rest = text.slice(at);
        const match = AFTERNOON.exec(rest) ?? MORNING.exec(rest);
        if (match === null) return Number.NaN;
        values.half = AFTERNOON.test(rest) ? 1 : 0;
        // 中午12点 is noon; 中午1点 is thirteen.
        if (match[0] === '中午') values.half = 1;
        at += match[0].length;
      } else {
        let value = 0;
        let digits = 0;
        while (digits < token.max) {
          const digit = text.charCodeAt(at + digits) - 48;
          if (!(digit >= 0 && digit <= 9)) break;
          value = value * 10 + digit;
          digits++;
        }
        if (digits < token.min) return Number.NaN;
        values[token.part] = value;
        at += digits;
      }
    }
    if (text.slice(at).trim() !== '') return Number.NaN;
    let { hour } = values;
    if (values.hour12 >= 0) {
      if (values.hour12 > 12) return Number.NaN;
      hour = (values.hour12 % 12) + (values.half === 1 ? 12 : 0);
    }
    return civilSeconds(values.year, values.month, values.day, hour, values.minute, values.second);
  };
}

function readLiteral(text: string, from: number, literal: string): number {
  let at = from;
  for (const character of literal) {
    if (character === ' ') {
      const start = at;
      while (/\s/.test(text.charAt(at))) at++;
      if (at === start) return -1;
    } else if (text.startsWith(character, at)) at += character.length;
    else return -1;
  }
  return at;
}

function tokenize(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (const [run] of pattern.matchAll(/([A-Za-z])\1*|[^A-Za-z]+/g)) {
    const part = LETTERS[run];
    if (part !== undefined)
      tokens.push({ part, min: part === 'year' ? 4 : 1, max: part === 'year' ? 4 : 2, literal: '' });
    else if (/^[A-Za-z]/.test(run) && run !== 'T' && run !== 'Z')
      throw new Error(`The date pattern ${pattern} has “${run}”, which means nothing; expected yyyy M d H h m s a.`);
    else tokens.push({ part: null, min: 0, max: 0, literal: run });
  }
  for (let i = 0; i + 1 < tokens.length; i++) {
    const next = tokens[i + 1].part;
    if (tokens[i].part !== null && next !== null && next !== 'half') tokens[i].min = tokens[i].max;
  }
  return tokens;
}
