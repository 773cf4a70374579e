import { useFormat } from '../../clock/index.ts';
import { useBilingual, useMessages } from '../../i18n/index.ts';
import { Icon } from '../../ui/index.ts';
import { hueOf } from '../../ui/tokens.ts';
import { studioMessages } from '../messages.ts';
import { toolMessages } from '../messages-tools.ts';
import { useStudio, useTool } from '../studio-store.ts';
import styles from './palette.module.css';

/** What the next stroke paints, whether it is saved, and who else is here. */
export function StatusBar({ editable }: { editable: boolean }) {
  const t = useMessages(studioMessages);
  const tools = useMessages(toolMessages);
  const bilingual = useBilingual();
  const format = useFormat();
  const beat = useStudio((state) => (state.beat === null ? null : (state.beats[state.beat] ?? null)));
  const tool = useTool(editable);
  const editors = useStudio((state) => state.editors);
  return (
    <div className={styles.bar}>
      <span className={styles.chip}>
        <span className={styles.quiet}>{tools(tool)}</span>
        <span
          className={`${styles.swatch} ${beat ? '' : styles.any}`}
          style={beat ? { background: hueOf(beat.colour) } : undefined}
        />
        <strong>{beat ? bilingual(beat.name) : tools('anyBeat')}</strong>
      </span>
      <span className={styles.divider} />
      <SaveMark />
      {editors.length > 0 ? (
        <>
          <span className={styles.divider} />
          <span className={styles.chip}>
            <Icon name="user" />
            {t('othersHere', { names: format.list([...new Set(editors.map(({ displayName }) => displayName))]) })}
          </span>
        </>
      ) : null}
    </div>
  );
}

function SaveMark() {
  const t = useMessages(studioMessages);
  const format = useFormat();
  const save = useStudio((state) => state.save);
  switch (save.kind) {
    case 'saved':
      return (
        <span className={styles.save} role="status">
          <Icon name="check" />
          {save.atMs === null ? t('saved') : t('savedAt', { time: format.instant(save.atMs, 'seconds') })}
        </span>
      );
    case 'saving':
      return (
        <span className={styles.save} role="status">
          <Icon name="refresh" />
          {t('saving')}
        </span>
      );
    case 'offline':
      return (
        <span className={`${styles.save} ${styles.warn}`} role="status">
          <Icon name="warning" />
          {t(save.kept ? 'offline' : 'offlineNotKept', { count: save.changes })}
        </span>
      );
    case 'refused':
      return (
        <span className={`${styles.save} ${styles.refused}`} role="alert">
          <Icon name="warning" />
          {t('refused', { reason: save.error.message })}
        </span>
      );
  }
}
