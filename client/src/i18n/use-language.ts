import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { writePreference } from '../ui/preferences.ts';
import { i18n } from './i18n.ts';
import { type Language, LOCALE } from './language.ts';

export function currentLanguage(): Language {
  return i18n.language === 'en' ? 'en' : 'zh';
}

export function setLanguage(language: Language): void {
  writePreference('language', language);
  void i18n.changeLanguage(language);
  document.documentElement.lang = LOCALE[language];
}

/** The language chosen; the component follows a change. */
export function useLanguage(): Language {
  const { i18n: instance } = useTranslation();
  return instance.language === 'en' ? 'en' : 'zh';
}

/** Names stored in both languages: `useBilingual()(place.name)`. */
export function useBilingual(): (text: { zh: string; en: string }) => string {
  const language = useLanguage();
  return useCallback((text) => text[language] || text.zh, [language]);
}
