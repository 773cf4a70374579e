import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { isAbort } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Icon, type SearchItem, searchProviders } from '../ui/index.ts';
import { shellMessages } from './messages.ts';
import { closeOverlay } from './overlays.ts';
import styles from './palette.module.css';

interface Group {
  id: string;
  title: string;
  items: SearchItem[];
}
const MOST_PER_GROUP = 8;

/** Ctrl+K: one field for everything that has a name. */
export function Palette() {
  const t = useMessages(shellMessages);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const { groups, busy } = useSearch(text);
  const items = groups.flatMap((group) => group.items);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  });
  const run = (item: SearchItem | undefined) => {
    if (!item) return;
    closeOverlay();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setChosen(Math.min(items.length - 1, chosen + 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(0, chosen - 1));
    else if (event.key === 'Enter') run(items[chosen]);
    else if (event.key === 'Escape') closeOverlay();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.backdrop} onMouseDown={(event) => event.target === event.currentTarget && closeOverlay()}>
      <div className={styles.palette} role="dialog" aria-modal aria-label={t('search')} onKeyDown={onKeyDown}>
        <label className={styles.field}>
          <Icon name="search" />
          <input
            autoFocus
            value={text}
            placeholder={t('search')}
            aria-label={t('search')}
            role="combobox"
            aria-expanded
            aria-controls="palette-results"
            spellCheck={false}
            onChange={(event) => {
              setText(event.target.value);
              setChosen(0);
            }}
          />
        </label>
        <div id="palette-results" ref={list} className={styles.results} role="listbox" aria-label={t('search')}>
          {groups.map((group) => (
            <div key={group.id} role="group" aria-label={group.title}>
              <div className={styles.group}>{group.title}</div>
              {group.items.map((item) => (
                <button
                  key={item.key}
                  type="button"
                  role="option"
                  tabIndex={-1}
                  aria-selected={items[chosen] === item}
                  className={styles.item}
                  onMouseMove={() => setChosen(items.indexOf(item))}
                  onClick={() => run(item)}
                >
                  <span>{item.label}</span>
                  {item.detail ? <span className={styles.detail}>{item.detail}</span> : null}
                </button>
              ))}
            </div>
          ))}
          {items.length === 0 ? (
            <p className={styles.empty}>
              {busy ? t('searching') : text ? t('searchEmpty', { text }) : t('searchHint')}
            </p>
          ) : null}
        </div>
      </div>
    </div>
  );
}

/** Asks all folders at once; a slow one does not hold up the others, and an answer to older text is dropped. */
function useSearch(text: string): { groups: Group[]; busy: boolean } {
  const [groups, setGroups] = useState<Group[]>([]);
  const [waiting, setWaiting] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    const providers = searchProviders();
    const answers = new Map<string, Group>();
    const show = () => {
      const inOrder = providers.map(({ id }) => answers.get(id));
      setGroups(inOrder.filter((group): group is Group => group !== undefined && group.items.length > 0));
    };
    setWaiting(providers.length);
    for (const { id, title, search } of providers)
      void Promise.resolve(search(text.trim(), abort.signal))
        .catch((error: unknown) => {
          if (!isAbort(error)) console.error(error);
          return [];
        })
        .then((items) => {
          if (abort.signal.aborted) return;
          answers.set(id, { id, title: title(), items: items.slice(0, MOST_PER_GROUP) });
          setWaiting((count) => count - 1);
          show();
        });
    return () => abort.abort();
  }, [text]);
  return { groups, busy: waiting > 0 };
}
