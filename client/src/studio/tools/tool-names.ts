/** In the order of the palette. */
export const TOOL_NAMES = [
  'select',
  'brush',
  'rectangle',
  'lasso',
  'fill',
  'boundary',
  'split',
  'merge',
  'lock',
  'comment',
] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

/** Who may not edit still looks and comments. */
export function isUsable(name: ToolName, editable: boolean): boolean {
  return editable || name === 'select' || name === 'comment';
}

/** The key that takes the tool. */
export const TOOL_KEYS: Record<ToolName, string> = {
  select: 'v',
  brush: 'b',
  rectangle: 'r',
  lasso: 'l',
  fill: 'f',
  boundary: 'm',
  split: 's',
  merge: 'j',
  lock: 'k',
  comment: 'c',
};
