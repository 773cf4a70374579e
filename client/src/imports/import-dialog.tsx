import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { useMessages } from '../i18n/index.ts';
import { useBureauSlug } from '../session/index.ts';
import { IconButton, Panel, Segmented } from '../ui/index.ts';
import { FileStep } from './file-step.tsx';
import { FollowedImport } from './followed-import.tsx';
import { useImportFeed } from './import-queries.ts';
import { ImportRecords } from './import-records.tsx';
import { openImports, useImportStore } from './import-store.ts';
import styles from './imports.module.css';
import { MappingStep } from './mapping-step.tsx';
import { importMessages } from './messages.ts';
import { IMPORT_PANEL_ID } from './show-points.ts';

/** Stands at the right without hiding the map: what the preview says about places is seen there. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  useImportFeed();
  const t = useMessages(importMessages);
  const titleId = useId();
  const page = useImportStore((state) => state.page);
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    frame.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    event.preventDefault();
    onClose();
  };
  return (
    <aside
      ref={frame}
      id={IMPORT_PANEL_ID}
      role="dialog"
      aria-modal={false}
      aria-labelledby={titleId}
      tabIndex={-1}
      className={styles.dialog}
      onKeyDown={onKeyDown}
    >
      <Panel
        title={<span id={titleId}>{t('title')}</span>}
        actions={
          <>
            <Segmented
              label={t('view')}
              value={page ?? 'new'}
              options={[
                { value: 'new', label: t('newImport') },
                { value: 'records', label: t('records') },
              ]}
              onChange={openImports}
            />
            <IconButton icon="close" label={t('minimise')} onClick={onClose} />
          </>
        }
      >
        {page === 'records' ? <ImportRecords /> : <NewImport />}
      </Panel>
    </aside>
  );
}

function NewImport() {
  const bureau = useBureauSlug();
  const draft = useImportStore((state) => state.draft);
  const followedId = useImportStore((state) => state.followedId);
  if (draft?.bureau === bureau) return <MappingStep key={draft.importId} draft={draft} />;
  if (followedId !== null) return <FollowedImport importId={followedId} />;
  return <FileStep />;
}
