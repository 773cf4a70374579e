import type { ImportView } from '@xunfang/geo-data/contract';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { mapCamera, setLayerVisible } from '../map/index.ts';
import { useBureau } from '../session/index.ts';
import { Button, Figure, Icon, PanelSection, updateUrl, useUrlState } from '../ui/index.ts';
import { closeImports } from './import-store.ts';
import styles from './imports.module.css';
import { importMessages } from './messages.ts';
import { ReasonCounts } from './reason-counts.tsx';
import { RejectionsLink } from './rejections-link.tsx';

/** How an import ended, and what can be done now. */
export function ImportResult({ view }: { view: ImportView }) {
  const t = useMessages(importMessages);
  const format = useFormat();
  const bureau = useBureau();
  const show = () => {
    showOnGrid();
    mapCamera.fitBounds(bureau.bounds);
    closeImports();
  };
  return (
    <PanelSection>
      <h3 className={styles.resultTitle} data-failed={view.state === 'failed'} role="status">
        <Icon name={view.state === 'done' ? 'check' : view.state === 'failed' ? 'warning' : 'info'} />
        {t(titleKey(view), { name: view.fileName })}
      </h3>
      {view.error ? <p className={styles.resultError}>{view.error}</p> : null}
      {view.state === 'done' ? (
        <>
          <div className={styles.figures}>
            <Figure label={t('inserted')} value={format.number(view.inserted)} large />
            <Figure
              label={t('rejected')}
              value={format.number(view.rejected)}
              unit={t('rowsUnit')}
              base={view.rowsRead > 0 ? format.percent(view.rejected / view.rowsRead, 1) : undefined}
              large
            />
            <Figure label={t('rowsRead')} value={format.number(view.rowsRead)} unit={t('rowsUnit')} large />
          </div>
          {view.rejected > 0 ? (
            <>
              <h4 className={styles.subtitle}>{t('byReason')}</h4>
              <ReasonCounts counts={view.rejectedByReason} />
              <p className={styles.hint}>
                <RejectionsLink view={view} /> {t('downloadHint')}
              </p>
            </>
          ) : null}
        </>
      ) : null}
      {view.inserted > 0 ? (
        <div className={styles.buttons}>
          <Button tone="primary" icon="eye" onClick={show}>
            {t('showOnGrid')}
          </Button>
        </div>
      ) : null}
    </PanelSection>
  );
}

function titleKey({ state, inserted }: ImportView) {
  if (state === 'done') return inserted > 0 ? 'resultDone' : 'resultNothing';
  return state === 'cancelled' ? 'resultCancelled' : 'resultFailed';
}

/** What narrows the analysis (names of its filters in the address): imported rows may lie anywhere in time. */
const NARROWING = new Set(['from', 'to', 'categories', 'hours', 'weekdays']);

function showOnGrid(): void {
  const filters = Object.entries(useUrlState.getState().filters).filter(([name]) => !NARROWING.has(name));
  updateUrl({ workspace: 'analyse', selection: null, filters: { ...Object.fromEntries(filters), period: '0' } });
  setLayerVisible('hotspots', true);
}
