import { type KeyboardEvent, useEffect, useRef, useSyncExternalStore } from 'react';
import { useMessages } from '../i18n/index.ts';
import { mapCamera } from './map-camera.ts';
import { closeStack, usePointer } from './map-pointer.ts';
import styles from './map-view.module.css';
import { mapMessages } from './messages.ts';

/** Several things on one spot: a list to choose from, by mouse or by arrow keys; it stays with its place while the map moves. */
export function MapStack() {
  const stack = usePointer((state) => state.stack);
  // Another list begins at its first line.
  return stack ? <StackMenu key={stack.items.map(({ key }) => key).join()} stack={stack} /> : null;
}

function StackMenu({ stack }: { stack: NonNullable<ReturnType<typeof usePointer.getState>['stack']> }) {
  const t = useMessages(mapMessages);
  const menu = useRef<HTMLDivElement>(null);
  const cameFrom = useRef(document.activeElement);
  const at = useSyncExternalStore(
    (listener) => mapCamera.onMove(listener),
    () => placeText(stack.lon, stack.lat),
  );
  useEffect(() => {
    menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true });
    const outside = (event: PointerEvent) => {
      if (!menu.current?.contains(event.target as Node)) closeStack();
    };
    // Before the map hears of it: a click on another stack opens that one.
    window.addEventListener('pointerdown', outside, { capture: true });
    return () => window.removeEventListener('pointerdown', outside, { capture: true });
  }, []);
  const leave = () => {
    closeStack();
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const target = keyTarget(event.key, items.indexOf(document.activeElement as HTMLElement), items.length);
    if (event.key === 'Escape') leave();
    else if (target !== null) items[target].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const [x, y] = at.split(' ').map(Number);
  const below = y < window.innerHeight / 2;
  const right = x < window.innerWidth / 2;
  const transform = `translate(${right ? '12px' : 'calc(-100% - 12px)'}, ${below ? '-1.5rem' : 'calc(-100% + 1.5rem)'})`;
  return (
    <div
      ref={menu}
      className={styles.stack}
      style={{ left: x, top: y, transform }}
      role="menu"
      aria-label={t('stack', { count: stack.items.length })}
      onKeyDown={onKeyDown}
    >
      <div className={styles.stackTitle}>{t('stack', { count: stack.items.length })}</div>
      {stack.items.map((item) => (
        <button
          key={item.key}
          type="button"
          role="menuitem"
          onClick={() => {
            leave();
            item.choose();
          }}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}

/** A text, so that a movement of nothing draws nothing. */
function placeText(lon: number, lat: number): string {
  const { x, y } = mapCamera.screenOf(lon, lat) ?? { x: 0, y: 0 };
  return `${Math.round(x)} ${Math.round(y)}`;
}

function keyTarget(key: string, at: number, length: number): number | null {
  if (key === 'ArrowDown') return (at + 1) % length;
  if (key === 'ArrowUp') return (at - 1 + length) % length;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  return null;
}
