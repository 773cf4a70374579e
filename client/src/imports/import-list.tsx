import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button } from '../ui/index.ts';
import { useImportFeed, useImports, useMayImport } from './import-queries.ts';
import { importShare } from './import-share.ts';
import { openImports } from './import-store.ts';
import { importMessages } from './messages.ts';

/** Opens the records; while an import runs, says how far it is, wherever the panel is. */
export function ImportList() {
  return useMayImport() ? <RecordsButton /> : null;
}

function RecordsButton() {
  useImportFeed();
  const t = useMessages(importMessages);
  const format = useFormat();
  const { data = [] } = useImports();
  const running = data.find(({ state }) => state === 'running');
  return (
    <Button icon="list" onClick={() => openImports('records')}>
      {running ? t('importing', { percent: format.percent(importShare(running), 0) }) : t('records')}
    </Button>
  );
}
