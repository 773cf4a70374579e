import { readPreference } from '../ui/preferences.ts';

export type Language = 'zh' | 'en';
/** What goes into `lang`, `Accept-Language` and `Intl`. */
export const LOCALE: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };

/** `?lang=` wins (links, walls), then what this browser chose last, then Chinese: the product is Chinese first. */
export function initialLanguage(): Language {
  const wished = new URLSearchParams(window.location.search).get('lang') ?? readPreference('language', 'zh');
  return wished === 'en' ? 'en' : 'zh';
}
