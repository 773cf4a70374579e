import { useMessages } from '../i18n/index.ts';
import { activeHotkeys, Dialog, splitKeys } from '../ui/index.ts';
import styles from './key-help.module.css';
import { shellMessages } from './messages.ts';
import { closeOverlay } from './overlays.ts';

const GROUPS = [
  ['general', 'keysGeneral'],
  ['workspace', 'keysWorkspace'],
  ['map', 'keysMap'],
] as const;

/** `?`: the keys that hold right now. */
export function KeyHelp() {
  const t = useMessages(shellMessages);
  const hotkeys = activeHotkeys();
  return (
    <Dialog title={t('keys')} onClose={closeOverlay} wide>
      <div className={styles.groups}>
        {GROUPS.filter(([group]) => hotkeys.some((hotkey) => hotkey.group === group)).map(([group, title]) => (
          <section key={group}>
            <h3 className={styles.title}>{t(title)}</h3>
            {hotkeys
              .filter((hotkey) => hotkey.group === group)
              .map((hotkey) => (
                <div key={hotkey.keys} className={styles.row}>
                  <span>{hotkey.label()}</span>
                  <kbd>{written(hotkey.keys)}</kbd>
                </div>
              ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}

const WRITTEN: Record<string, string> = { mod: 'Ctrl', shift: 'Shift', Escape: 'Esc', ' ': 'Space' };

function written(keys: string): string {
  return splitKeys(keys)
    .map((key) => WRITTEN[key] ?? key.toUpperCase())
    .join(' ');
}
