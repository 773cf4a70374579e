import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { i18n } from './i18n.ts';

/** English has two numbers, Chinese one: only `en` may give both. Picked by the parameter `count`. */
type EnglishText = string | { one: string; other: string };
type ParameterNames<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | ParameterNames<Rest>
  : never;
type Parameters<Text extends string> = [ParameterNames<Text>] extends [never]
  ? [params?: Record<string, string | number>]
  : [params: Record<ParameterNames<Text>, string | number>];

export interface Messages<Zh extends Record<string, string>> {
  namespace: string;
  /** Never read: it carries the keys and parameters to `useMessages`. */
  zh: Zh;
}
export type Translate<Zh extends Record<string, string>> = <Key extends keyof Zh & string>(
  key: Key,
  ...params: Parameters<Zh[Key]>
) => string;

/** The words of one folder in both languages. A key missing or left over in English fails the type check. */
export function defineMessages<const Zh extends Record<string, string>>(
  namespace: string,
  zh: Zh,
  en: { [Key in keyof Zh]: EnglishText },
): Messages<Zh> {
  i18n.addResourceBundle('zh', namespace, zh, true, true);
  i18n.addResourceBundle('en', namespace, flattenPlurals(en), true, true);
  return { namespace, zh };
}

/** i18next's own key types know nothing of ours, which are stricter. */
type Say = (key: string, params?: Record<string, string | number>) => string;

/** `t` for one folder's messages; the component follows a change of language. */
export function useMessages<Zh extends Record<string, string>>(messages: Messages<Zh>): Translate<Zh> {
  const { t } = useTranslation(messages.namespace);
  const say = t as unknown as Say;
  return useCallback(
    (key: string, params?: Record<string, string | number>) => say(key, params),
    [say],
  ) as Translate<Zh>;
}

/** The same outside components (layers, commands); says it in the language of the moment. */
export function translate<Zh extends Record<string, string>>(messages: Messages<Zh>): Translate<Zh> {
  const say = i18n.t as unknown as Say;
  return (key, ...params) => say(key, { ns: messages.namespace, ...params[0] });
}

function flattenPlurals(texts: Record<string, EnglishText>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [key, text] of Object.entries(texts)) {
    if (typeof text === 'string') flat[key] = text;
    else {
      flat[`${key}_one`] = text.one;
      flat[`${key}_other`] = text.other;
    }
  }
  return flat;
}
