import { useMessages } from '../i18n/index.ts';
import { Button, ErrorState, PanelSection, SkeletonRows } from '../ui/index.ts';
import { useImports } from './import-queries.ts';
import { ImportResult } from './import-result.tsx';
import { followImport } from './import-store.ts';
import styles from './imports.module.css';
import { importMessages } from './messages.ts';
import { RunningImport } from './running-import.tsx';

/** The import just started, to its end. */
export function FollowedImport({ importId }: { importId: number }) {
  const t = useMessages(importMessages);
  const { data, error, refetch } = useImports();
  const view = data?.find(({ id }) => id === importId);
  if (!view) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={5} />;
  if (view.state === 'running') return <RunningImport view={view} />;
  return (
    <>
      <ImportResult view={view} />
      <PanelSection>
        <div className={styles.buttons}>
          <Button icon="upload" onClick={() => followImport(null)}>
            {t('another')}
          </Button>
        </div>
      </PanelSection>
    </>
  );
}
