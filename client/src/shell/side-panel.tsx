import { type KeyboardEvent, type PointerEvent, type ReactNode, type Ref, useRef } from 'react';
import { useMessages } from '../i18n/index.ts';
import { Icon } from '../ui/index.ts';
import { shellMessages } from './messages.ts';
import { resizePanel, type Side, togglePanel, usePanelLayout } from './panel-layout.ts';
import styles from './side-panel.module.css';

const TEXTS = {
  left: { toggle: 'toggleLeft', resize: 'resizeLeft', key: '[' },
  right: { toggle: 'toggleRight', resize: 'resizeRight', key: ']' },
  bottom: { toggle: 'toggleBottom', resize: 'resizeBottom', key: '\\' },
} as const;
const ICONS = {
  left: { open: 'chevronLeft', closed: 'chevronRight' },
  right: { open: 'chevronRight', closed: 'chevronLeft' },
  bottom: { open: 'chevronDown', closed: 'chevronUp' },
} as const;
/** One press of an arrow key. */
const STEP_REM = 1;

/** Frame of a panel: stands over the map, is dragged at its edge, collapses to a tab. */
export function SidePanel({
  side,
  children,
  panelRef,
}: {
  side: Side;
  children: ReactNode;
  panelRef?: Ref<HTMLElement>;
}) {
  const t = useMessages(shellMessages);
  const { open, size } = usePanelLayout((state) => state.layout[side]);
  const label = `${t(TEXTS[side].toggle)} (${TEXTS[side].key})`;
  const dimension = size === null ? undefined : `${size}rem`;
  return (
    <>
      {open ? (
        <aside
          ref={panelRef}
          id={`panel-${side}`}
          className={`${styles.panel} ${styles[side]}`}
          style={side === 'bottom' ? { height: dimension } : { width: dimension }}
        >
          <div className={styles.content}>{children}</div>
          <ResizeHandle side={side} label={t(TEXTS[side].resize)} />
        </aside>
      ) : null}
      <button
        type="button"
        className={`${styles.collapse} ${styles[side]}`}
        aria-label={label}
        title={label}
        aria-expanded={open}
        aria-controls={`panel-${side}`}
        onClick={() => togglePanel(side)}
      >
        <Icon name={open ? ICONS[side].open : ICONS[side].closed} />
      </button>
    </>
  );
}

function ResizeHandle({ side, label }: { side: Side; label: string }) {
  const drag = useRef<{ start: number; size: number } | null>(null);
  const along = (event: PointerEvent) => (side === 'bottom' ? event.clientY : event.clientX);
  const sign = side === 'left' ? 1 : -1;
  const measure = (element: HTMLElement) => {
    const box = element.parentElement?.getBoundingClientRect();
    return ((side === 'bottom' ? box?.height : box?.width) ?? 0) / rootPx();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const grow = side === 'bottom' ? 'ArrowUp' : side === 'left' ? 'ArrowRight' : 'ArrowLeft';
    const shrink = side === 'bottom' ? 'ArrowDown' : side === 'left' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key !== grow && event.key !== shrink) return;
    event.preventDefault();
    resizePanel(side, measure(event.currentTarget) + (event.key === grow ? STEP_REM : -STEP_REM));
  };
  return (
    <div
      className={styles.handle}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={side === 'bottom' ? 'horizontal' : 'vertical'}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { start: along(event), size: measure(event.currentTarget) };
      }}
      onPointerMove={(event) => {
        if (drag.current)
          resizePanel(side, drag.current.size + (sign * (along(event) - drag.current.start)) / rootPx());
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
      onKeyDown={onKeyDown}
    />
  );
}

function rootPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
