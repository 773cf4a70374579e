import { describe, expect, it } from 'vitest';
import { matchesHotkey } from './matches-hotkey.ts';

const pressed = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('matchesHotkey', () => {
  it('takes Ctrl and ⌘ for mod, and wants it only when asked', () => {
    expect(matchesHotkey('mod+k', pressed('k', { ctrlKey: true }))).toBe(true);
    expect(matchesHotkey('mod+k', pressed('k', { metaKey: true }))).toBe(true);
    expect(matchesHotkey('mod+k', pressed('k'))).toBe(false);
    expect(matchesHotkey('k', pressed('k', { ctrlKey: true }))).toBe(false);
  });
  it('knows signs that need Shift on some keyboards, and the plus key', () => {
    expect(matchesHotkey('?', pressed('?', { shiftKey: true }))).toBe(true);
    expect(matchesHotkey('+', pressed('+', { shiftKey: true }))).toBe(true);
    expect(matchesHotkey('f', pressed('F', { shiftKey: true }))).toBe(true);
  });
  it('leaves keys with Alt to the system', () => {
    expect(matchesHotkey('[', pressed('[', { altKey: true }))).toBe(false);
  });
});
