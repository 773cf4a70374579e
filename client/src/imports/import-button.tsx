import { createPortal } from 'react-dom';
import { useMessages } from '../i18n/index.ts';
import { Button } from '../ui/index.ts';
import { ImportDialog } from './import-dialog.tsx';
import { useMayImport } from './import-queries.ts';
import { closeImports, openImports, useImportStore } from './import-store.ts';
import { importMessages } from './messages.ts';

/** Opens the import panel; nothing for those who may not import. */
export function ImportButton() {
  const t = useMessages(importMessages);
  const mayImport = useMayImport();
  const open = useImportStore((state) => state.page !== null);
  if (!mayImport) return null;
  return (
    <>
      <Button icon="upload" aria-expanded={open} onClick={() => openImports('new')}>
        {t('importCsv')}
      </Button>
      {open ? createPortal(<ImportDialog onClose={closeImports} />, document.body) : null}
    </>
  );
}
