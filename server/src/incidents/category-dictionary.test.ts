import { describe, expect, it } from 'vitest';
import { createCategoryDictionary, UNCATEGORISED_ID } from './category-dictionary.ts';

const category = (id: number, parentId: number | null, zh: string, en: string, priority = 3) => ({
  id,
  parentId,
  name: { zh, en },
  priority,
});
const dictionary = createCategoryDictionary([
  category(1, null, '刑事', 'Crime', 2),
  category(101, 1, '盗窃', 'Theft'),
  category(2, null, '治安', 'Public order'),
  category(201, 2, '其他', 'Other'),
  category(102, 1, '其他', 'Other'),
  category(301, 2, 'Drunk/Disorderly', 'Drunk/Disorderly'),
]);

describe('createCategoryDictionary', () => {
  it.each([
    ['盗窃', 101],
    [' THEFT ', 101],
    ['ｔｈｅｆｔ', 101],
    ['刑事/盗窃', 101],
    ['Crime > Theft', 101],
    ['刑事/其他', 102],
    ['治安 / 其他', 201],
    ['drunk/disorderly', 301],
    ['101', 101],
    ['其他', UNCATEGORISED_ID],
    ['Arson', UNCATEGORISED_ID],
    ['', UNCATEGORISED_ID],
  ])('%j is category %i', (text, id) => expect(dictionary.idOf(text)).toBe(id));

  it('gives unknown ids the lowest priority', () => {
    expect(dictionary.priorityOf(1)).toBe(2);
    expect(dictionary.priorityOf(999)).toBe(4);
  });
});
