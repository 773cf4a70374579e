import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useDisplay } from './display.ts';
import styles from './virtual-list.module.css';

interface VirtualListProps<Item> {
  label: string;
  items: readonly Item[];
  keyOf: (item: Item) => string | number;
  /** Height of every row at a desk, in px of a 14 px root; grows with the display. */
  rowHeight: number;
  renderRow: (item: Item) => ReactNode;
  selectedKey?: string | number | null;
  onSelect?: (item: Item) => void;
  /** Enter on the selected row. */
  onOpen?: (item: Item) => void;
}
const OVERSCAN = 6;

/** Thousands of rows, of which only those in sight are in the page. Arrow keys move the selection, as in any list box. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { label, items, keyOf, renderRow, selectedKey, onSelect, onOpen } = props;
  const scale = useDisplay((state) => state.scale);
  const rowHeight = Math.round(props.rowHeight * scale);
  const frame = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ first: 0, last: 40 });
  const measure = useCallback(() => {
    const element = frame.current;
    if (!element) return;
    const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - OVERSCAN);
    const last = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + OVERSCAN;
    setRange((before) => (before.first === first && before.last === last ? before : { first, last }));
  }, [rowHeight]);
  useEffect(() => {
    measure();
    const observer = new ResizeObserver(measure);
    if (frame.current) observer.observe(frame.current);
    return () => observer.disconnect();
  }, [measure]);

  const selectedIndex = items.findIndex((item) => String(keyOf(item)) === String(selectedKey));
  useEffect(() => {
    const element = frame.current;
    if (!element || selectedIndex < 0) return;
    const top = selectedIndex * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight - element.clientHeight;
  }, [selectedIndex, rowHeight]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && selectedIndex >= 0 && onOpen) {
      event.preventDefault();
      onOpen(items[selectedIndex]);
      return;
    }
    const target = keyTarget(event.key, selectedIndex, items.length);
    if (target === null || !onSelect) return;
    event.preventDefault();
    onSelect(items[target]);
  };
  return (
    <div
      ref={frame}
      className={styles.list}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      onScroll={measure}
      onKeyDown={onKeyDown}
    >
      <div className={styles.spacer} style={{ height: items.length * rowHeight }}>
        {items.slice(range.first, range.last).map((item, offset) => (
          <div
            key={keyOf(item)}
            role="option"
            aria-selected={range.first + offset === selectedIndex}
            aria-setsize={items.length}
            aria-posinset={range.first + offset + 1}
            className={styles.row}
            style={{ top: (range.first + offset) * rowHeight, height: rowHeight }}
            onClick={() => onSelect?.(item)}
          >
            {renderRow(item)}
          </div>
        ))}
      </div>
    </div>
  );
}

function keyTarget(key: string, at: number, length: number): number | null {
  if (length === 0) return null;
  if (key === 'ArrowDown') return Math.min(length - 1, at + 1);
  if (key === 'ArrowUp') return Math.max(0, at - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  return null;
}
