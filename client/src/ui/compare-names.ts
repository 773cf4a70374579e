/** Names of a list in the order people count in: 巡-2 before 巡-10. The same in both languages: a unit keeps its place. */
export function compareNames(a: string, b: string): number {
  return a.localeCompare(b, 'zh-CN', { numeric: true });
}
