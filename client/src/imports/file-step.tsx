import { type DragEvent, useRef, useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useBureauSlug } from '../session/index.ts';
import { Button, ErrorState, Icon, PanelSection, Progress } from '../ui/index.ts';
import { formatBytes } from './format-bytes.ts';
import { type FileUpload, useImportStore } from './import-store.ts';
import styles from './imports.module.css';
import { importMessages } from './messages.ts';
import { uploadFile } from './upload-file.ts';

const ACCEPTED = '.csv,.txt,.tsv,.gz,text/csv,text/plain,application/gzip';
const ACCEPTED_NAME = /\.(csv|txt|tsv|gz)$/i;

/** Choose or drop a file; it is uploaded at once, and the server looks at its beginning. */
export function FileStep() {
  const t = useMessages(importMessages);
  const bureau = useBureauSlug();
  const upload = useImportStore((state) => (state.upload?.bureau === bureau ? state.upload : null));
  const [refusedName, setRefusedName] = useState<string | null>(null);
  const take = (file: File | undefined) => {
    if (!file) return;
    const isTable = ACCEPTED_NAME.test(file.name);
    setRefusedName(isTable ? null : file.name);
    if (isTable) void uploadFile(bureau, file);
  };
  if (upload && !upload.error) return <Uploading {...upload} />;
  return (
    <PanelSection>
      <div className={styles.fileStep}>
        <DropZone onFile={take} />
        {refusedName === null ? null : (
          <p className={styles.refused} role="alert">
            <Icon name="warning" /> {t('wrongType', { name: refusedName })} · {t('wrongTypeFix')}
          </p>
        )}
        {upload?.error ? <ErrorState error={upload.error} /> : null}
        <ul className={styles.notes}>
          <li>{t('needs')}</li>
          <li>{t('nothingYet')}</li>
          <li>{t('noPersons')}</li>
        </ul>
      </div>
    </PanelSection>
  );
}

function DropZone({ onFile }: { onFile: (file: File | undefined) => void }) {
  const t = useMessages(importMessages);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={styles.dropZone}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Icon name="upload" />
      <span>{t('dropHere')}</span>
      <Button tone="primary" onClick={() => input.current?.click()}>
        {t('chooseFile')}
      </Button>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        aria-label={t('fileLabel')}
        tabIndex={-1}
        className="visually-hidden"
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          // So that the same file, corrected, can be chosen again.
          event.target.value = '';
        }}
      />
      <span className={styles.hint}>{t('accepts')}</span>
    </div>
  );
}

function Uploading({ file, share, stop }: FileUpload) {
  const t = useMessages(importMessages);
  const format = useFormat();
  return (
    <PanelSection title={t('uploading', { name: file.name })}>
      <Progress share={share} label={t('uploading', { name: file.name })} />
      <div className={styles.under} role="status">
        <span>
          {share < 1
            ? t('sent', { percent: format.percent(share, 0), size: formatBytes(file.size, format.number) })
            : t('reading')}
        </span>
        <Button small onClick={stop}>
          {t('stopUpload')}
        </Button>
      </div>
    </PanelSection>
  );
}
