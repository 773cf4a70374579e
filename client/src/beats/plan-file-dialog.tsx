import { useMutation } from '@tanstack/react-query';
import type { PlanImportReport, PlanSummary } from '@xunfang/geo-data/contract';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { api, refreshSoon } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useBureauSlug } from '../session/index.ts';
import { Button, Dialog, DialogForm, ErrorState, SelectField, SkeletonRows, TextField, toast } from '../ui/index.ts';
import styles from './beats.module.css';
import { planFileMessages } from './messages-files.ts';
import { PlanFileReport } from './plan-file-report.tsx';
import { useOpenDraft } from './plan-queries.ts';

const ACCEPTED = '.geojson,.json,.kml,.kmz,.zip';
const SYSTEMS = [
  { value: 'WGS84', label: 'wgs84' },
  { value: 'CGCS2000', label: 'cgcs2000' },
  { value: 'GCJ02', label: 'gcj02' },
  { value: 'BD09', label: 'bd09' },
] as const;
const MOST_LETTERS = 80;

/** A file becomes a new draft; what will come of it is shown before, and nothing is kept until then. */
export function PlanFileDialog({ onClose }: { onClose: () => void }) {
  const t = useMessages(planFileMessages);
  const bureau = useBureauSlug();
  const openDraft = useOpenDraft();
  const [file, setFile] = useState<File | null>(null);
  const [system, setSystem] = useState('WGS84');
  const [typedName, setName] = useState<string | null>(null);
  const preview = usePreview(bureau, file, system);
  const report = preview.data;
  const name = (typedName ?? report?.planName ?? file?.name.replace(/\.\w+$/, '') ?? '').slice(0, MOST_LETTERS);
  const make = useMutation({
    mutationFn: async (from: File) =>
      api.upload<{ plan: PlanSummary }>('/api/plans/import', from, {
        query: { bureau, fileName: from.name, system, name: name.trim() },
      }),
    onSuccess: ({ plan }) => {
      refreshSoon(['plans', bureau]);
      toast(t('made', { name: plan.name }), { tone: 'done' });
      onClose();
      openDraft(plan.id);
    },
  });
  const ready = report !== undefined && report.rejected.length === 0 && report.areas.length > 0;
  return (
    <Dialog title={t('importTitle')} onClose={onClose} wide>
      <DialogForm
        onSubmit={() => file && ready && make.mutate(file)}
        onCancel={onClose}
        busy={!ready || make.isPending || name.trim() === ''}
        submitLabel={make.isPending ? t('making') : t('make')}
      >
        <FileField file={file} onFile={setFile} />
        <div className={styles.pair}>
          <TextField
            label={t('name')}
            value={name}
            maxLength={MOST_LETTERS}
            onChange={(event) => setName(event.target.value)}
          />
          <SelectField
            label={t('system')}
            hint={t('systemHint')}
            value={system}
            onChange={(event) => setSystem(event.target.value)}
          >
            {SYSTEMS.map(({ value, label }) => (
              <option key={value} value={value}>
                {t(label)}
              </option>
            ))}
          </SelectField>
        </div>
        {preview.isPending && file ? (
          <div role="status" aria-label={t('reading', { name: file.name })}>
            <SkeletonRows rows={4} />
          </div>
        ) : null}
        {preview.error ? <ErrorState error={preview.error} /> : null}
        {report ? <PlanFileReport report={report} /> : null}
        {make.error ? <ErrorState error={make.error} /> : null}
      </DialogForm>
    </Dialog>
  );
}

/** Asked anew for every file and every system. */
function usePreview(bureau: string, file: File | null, system: string) {
  const preview = useMutation({
    mutationFn: (order: { file: File; system: string; signal: AbortSignal }) =>
      api.upload<PlanImportReport>('/api/plans/import/preview', order.file, {
        query: { bureau, fileName: order.file.name, system: order.system },
        signal: order.signal,
      }),
  });
  const { mutate } = preview;
  useEffect(() => {
    if (!file) return;
    const abort = new AbortController();
    mutate({ file, system, signal: abort.signal });
    return () => abort.abort();
  }, [file, system, mutate]);
  return preview;
}

function FileField({ file, onFile }: { file: File | null; onFile: (file: File) => void }) {
  const t = useMessages(planFileMessages);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (chosen: File | undefined) => {
    if (chosen) onFile(chosen);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={styles.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <span>{file ? file.name : t('dropHere')}</span>
      <Button icon="upload" onClick={() => input.current?.click()}>
        {file ? t('otherFile') : t('chooseFile')}
      </Button>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        aria-label={t('fileLabel')}
        tabIndex={-1}
        className="visually-hidden"
        onChange={(event) => {
          take(event.target.files?.[0]);
          // So that the same file, corrected, can be chosen again.
          event.target.value = '';
        }}
      />
      <span className={styles.note}>{t('accepts')}</span>
    </div>
  );
}
