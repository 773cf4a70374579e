interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Whether a key event is the key written as `mod+k`, `shift+ArrowLeft`, `?` or `+`. Letters match in either case. */
export function matchesHotkey(keys: string, event: Pressed): boolean {
  const parts = splitKeys(keys);
  const key = parts.at(-1);
  if (key === undefined || event.altKey) return false;
  if (parts.includes('mod') !== (event.ctrlKey || event.metaKey)) return false;
  if (parts.includes('shift') && !event.shiftKey) return false;
  return event.key === key || (key.length === 1 && event.key.toLowerCase() === key);
}

/** `mod+k` → `mod`, `k`; the plus key itself stays whole. */
export function splitKeys(keys: string): string[] {
  return keys === '+' ? ['+'] : keys.split('+');
}
