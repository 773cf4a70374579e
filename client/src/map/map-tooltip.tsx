import { useMessages } from '../i18n/index.ts';
import { useDisplay } from '../ui/index.ts';
import { closeStack, usePointer } from './map-pointer.ts';
import styles from './map-view.module.css';
import { mapMessages } from './messages.ts';

const OFFSET_PX = 14;

/** What the owner of the layer under the pointer says. Walls have no pointer, so no tooltip. */
export function MapTooltip() {
  const wall = useDisplay((state) => state.wall);
  const hovered = usePointer((state) => state.hovered);
  const content = hovered && !wall ? hovered.events.tooltip?.(hovered.pick) : null;
  if (!hovered || !content) return null;
  const { x, y } = hovered.pick;
  const left = x > window.innerWidth * 0.7;
  const up = y > window.innerHeight * 0.6;
  const shift = `translate(${left ? '-100%' : '0'}, ${up ? '-100%' : '0'})`;
  return (
    <div
      className={styles.tooltip}
      style={{ left: x + (left ? -OFFSET_PX : OFFSET_PX), top: y + (up ? -OFFSET_PX : OFFSET_PX), transform: shift }}
    >
      {content}
    </div>
  );
}

/** Several things on one spot: a list to choose from. */
export function MapStack() {
  const t = useMessages(mapMessages);
  const stack = usePointer((state) => state.stack);
  if (!stack) return null;
  return (
    <div className={styles.stack} style={{ left: stack.x, top: stack.y }} role="menu">
      <div className={styles.stackTitle}>{t('stack', { count: stack.items.length })}</div>
      {stack.items.map((item) => (
        <button
          key={item.key}
          type="button"
          role="menuitem"
          onClick={() => {
            closeStack();
            item.choose();
          }}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}
