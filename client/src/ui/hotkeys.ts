import { useEffect, useRef } from 'react';

/** A key of the console. `keys` as people write it: `?`, `Escape`, `mod+k`, `shift+ArrowLeft`. `mod` is Ctrl, ⌘ on a Mac. */
export interface Hotkey {
  keys: string;
  /** Said in the help (`?`); a hook-free text of the moment. */
  label: () => string;
  group: 'general' | 'map' | 'workspace';
  run: (event: KeyboardEvent) => void;
  /** Also while typing in a field. Only for chords. */
  whileTyping?: boolean;
}

const active = new Set<Hotkey>();

export function activeHotkeys(): readonly Hotkey[] {
  return [...active];
}

/** Keys that hold while the component is there. The last registered wins where two want the same. */
export function useHotkeys(hotkeys: readonly Hotkey[]): void {
  const current = useRef(hotkeys);
  current.current = hotkeys;
  const signature = hotkeys.map((hotkey) => hotkey.keys).join(' ');
  useEffect(() => {
    const registered = current.current.map(
      (hotkey, index): Hotkey => ({
        ...hotkey,
        label: () => current.current[index].label(),
        run: (event) => current.current[index].run(event),
      }),
    );
    for (const hotkey of registered) active.add(hotkey);
    return () => {
      for (const hotkey of registered) active.delete(hotkey);
    };
    // biome-ignore lint: `signature` stands for the list
  }, [signature]);
}

window.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const typing = isTyping(event.target);
  for (const hotkey of [...active].reverse())
    if (matches(hotkey.keys, event) && (!typing || hotkey.whileTyping)) {
      event.preventDefault();
      hotkey.run(event);
      return;
    }
});

function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) || '+';
  const modifiers = parts.slice(0, -1);
  if (modifiers.includes('mod') !== (event.ctrlKey || event.metaKey) || event.altKey) return false;
  if (modifiers.includes('shift') && !event.shiftKey) return false;
  return event.key === key || (key.length === 1 && event.key.toLowerCase() === key);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}
