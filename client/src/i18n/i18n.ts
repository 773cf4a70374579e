import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { initialLanguage } from './language.ts';

/** One instance; every folder adds its own words when it is loaded (see define-messages.ts). */
export const i18n = createInstance();
void i18n.use(initReactI18next).init({
  lng: initialLanguage(),
  fallbackLng: 'zh',
  resources: {},
  initAsync: false,
  returnNull: false,
  interpolation: { escapeValue: false },
  react: { useSuspense: false, bindI18nStore: 'added' },
});
