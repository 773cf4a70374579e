import { useDisplay } from '../ui/index.ts';
import { usePointer } from './map-pointer.ts';
import styles from './map-view.module.css';

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
