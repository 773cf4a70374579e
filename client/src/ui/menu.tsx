import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon, type IconName } from './icon.tsx';
import styles from './menu.module.css';

export type MenuEntry =
  | {
      kind: 'item';
      key: string;
      label: ReactNode;
      icon?: IconName;
      detail?: ReactNode;
      checked?: boolean;
      run: () => void;
    }
  | { kind: 'heading'; key: string; label: ReactNode }
  | { kind: 'divider'; key: string };

interface MenuProps {
  /** Receives what opens the menu. */
  trigger: (props: { onClick: () => void; 'aria-expanded': boolean; 'aria-haspopup': 'menu' }) => ReactNode;
  entries: readonly MenuEntry[];
  align?: 'left' | 'right';
}

export function Menu({ trigger, entries, align = 'left' }: MenuProps) {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    frame.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    const outside = (event: PointerEvent) => {
      if (!frame.current?.contains(event.target as Node)) setOpen(false);
    };
    window.addEventListener('pointerdown', outside);
    return () => window.removeEventListener('pointerdown', outside);
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') focusNext(1);
    else if (event.key === 'ArrowUp') focusNext(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const close = () => {
    setOpen(false);
    frame.current?.querySelector<HTMLElement>('[aria-haspopup]')?.focus();
  };
  const focusNext = (step: number) => {
    const items = [...(frame.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + step + items.length) % items.length]?.focus();
  };
  return (
    <div ref={frame} className={styles.frame} onKeyDown={onKeyDown}>
      {trigger({ onClick: () => setOpen(!open), 'aria-expanded': open, 'aria-haspopup': 'menu' })}
      {open ? (
        <div className={`${styles.menu} ${styles[align]}`} role="menu">
          {entries.map((entry) => (
            <MenuLine key={entry.key} entry={entry} close={close} />
          ))}
        </div>
      ) : null}
    </div>
  );
}

function MenuLine({ entry, close }: { entry: MenuEntry; close: () => void }) {
  if (entry.kind === 'divider') return <div className={styles.divider} role="separator" />;
  if (entry.kind === 'heading') return <div className={styles.heading}>{entry.label}</div>;
  return (
    <button
      type="button"
      role={entry.checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={entry.checked}
      className={styles.item}
      onClick={() => {
        close();
        entry.run();
      }}
    >
      {entry.icon ? <Icon name={entry.icon} /> : null}
      {entry.label}
      <span className={styles.detail}>{entry.checked ? <Icon name="check" /> : entry.detail}</span>
    </button>
  );
}
