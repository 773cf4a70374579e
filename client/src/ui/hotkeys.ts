import { useEffect, useRef } from 'react';
import { matchesHotkey } from './matches-hotkey.ts';

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

/** Those that hold right now: of two that want the same key the last one. */
export function activeHotkeys(): readonly Hotkey[] {
  return [...new Map([...active].map((hotkey) => [hotkey.keys, hotkey])).values()];
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
  }, [signature]);
}

window.addEventListener('keydown', (event) => {
  // A modal dialog has the keyboard to itself; Escape closes it.
  if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
  const typing = isTyping(event.target);
  const pressing = isPressing(event);
  for (const hotkey of [...active].reverse())
    if (matchesHotkey(hotkey.keys, event) && (!typing || hotkey.whileTyping) && !pressing) {
      event.preventDefault();
      hotkey.run(event);
      return;
    }
});

/** Space bar and Enter press the button that has the focus, Enter follows a link; they are nobody's hotkey then. */
function isPressing({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const pressable = key === ' ' ? ['BUTTON', 'SUMMARY'] : key === 'Enter' ? ['BUTTON', 'SUMMARY', 'A'] : [];
  return pressable.includes(target.tagName);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}
