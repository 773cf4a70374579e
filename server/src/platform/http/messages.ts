import type { ProblemParams } from './problem.ts';

export type Language = 'zh' | 'en';
export interface MessageText {
  message: string;
  /** How to mend it. */
  fix?: string;
}
/** Texts of one code in both languages; `{name}` is replaced by the problem's parameter. */
export type MessageTable = Record<string, Record<Language, MessageText>>;

const texts = new Map<string, Record<Language, MessageText>>();

/** A module calls this once, at import. A code has one owner: two tables with the same code are refused. */
export function registerMessages(table: MessageTable): void {
  for (const [code, text] of Object.entries(table)) {
    if (texts.has(code) && texts.get(code) !== text) throw new Error(`The code ${code} has its texts already.`);
    texts.set(code, text);
  }
}

/** Chinese unless English is preferred: the first of the two that Accept-Language names. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const ranked = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag, ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return { tag, quality: quality ? Number(quality.trim().slice(2)) : 1 };
    })
    .filter(({ tag, quality }) => quality > 0 && /^(zh|en)\b/.test(tag))
    .sort((a, b) => b.quality - a.quality);
  return ranked[0]?.tag.startsWith('en') ? 'en' : 'zh';
}

export function messageOf(code: string, language: Language, params: ProblemParams = {}): MessageText {
  const text = texts.get(code)?.[language] ?? { message: code };
  const fill = (template: string) =>
    template.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
      name in params ? String(params[name]) : placeholder,
    );
  return { message: fill(text.message), ...(text.fix === undefined ? {} : { fix: fill(text.fix) }) };
}
