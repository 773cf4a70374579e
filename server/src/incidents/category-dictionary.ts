import type { Category } from '@xunfang/geo-data/contract';

/** The id of 未分类: every bureau's dictionary has it from the first incident that needs it. */
export const UNCATEGORISED_ID = 0;
export const UNCATEGORISED: Category = {
  id: UNCATEGORISED_ID,
  parentId: null,
  name: { zh: '未分类', en: 'Uncategorised' },
  priority: 4,
};

export interface CategoryDictionary {
  /** Id of a category by its name, its path (A/B/C, also A>B>C) or its number; `UNCATEGORISED_ID` where nothing fits. */
  idOf(text: string): number;
  priorityOf(id: number): number;
}

const normalise = (text: string) => text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
const normalisePath = (text: string) =>
  normalise(text)
    .split(/\s*[/>\\]\s*/)
    .join('/');

/**
 * Names are compared without case, width and outer blanks, in both languages. A name that stands in several branches needs its
 * path; alone it means none of them. O(categories) to make, one hash probe to ask.
 */
export function createCategoryDictionary(categories: readonly Category[]): CategoryDictionary {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const ids = new Map<string, number>();
  const ambiguous = new Set<string>();
  const add = (key: string, id: number) => {
    const known = ids.get(key);
    if (known !== undefined && known !== id) ambiguous.add(key);
    ids.set(key, id);
  };
  for (const category of categories)
    for (const language of ['zh', 'en'] as const) {
      const path: string[] = [];
      const seen = new Set<number>();
      for (let at: Category | undefined = category; at !== undefined && !seen.has(at.id); ) {
        seen.add(at.id);
        path.unshift(normalise(at.name[language]));
        at = at.parentId === null ? undefined : byId.get(at.parentId);
      }
      // A name that holds a slash itself is found by the whole of it as well.
      add(normalise(category.name[language]), category.id);
      add(path.join('/'), category.id);
    }
  for (const key of ambiguous) ids.delete(key);
  return {
    idOf(text) {
      const name = normalise(text);
      if (name === '') return UNCATEGORISED_ID;
      const found = ids.get(name) ?? ids.get(normalisePath(text));
      if (found !== undefined) return found;
      const number = /^\d{1,5}$/.test(name) ? Number(name) : Number.NaN;
      return byId.has(number) ? number : UNCATEGORISED_ID;
    },
    priorityOf: (id) => byId.get(id)?.priority ?? UNCATEGORISED.priority,
  };
}
