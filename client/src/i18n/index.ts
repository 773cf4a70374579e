export { defineMessages, type Messages, type Translate, translate, useMessages } from './define-messages.ts';
export { type Language, LOCALE } from './language.ts';
export { currentLanguage, setLanguage, useBilingual, useLanguage } from './use-language.ts';
