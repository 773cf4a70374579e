import { DELIMITERS, ENCODINGS } from '@xunfang/geo-data/contract';
import { useMessages } from '../i18n/index.ts';
import { ErrorState, PanelSection, SelectField, Switch } from '../ui/index.ts';
import type { ImportDraft } from './import-store.ts';
import styles from './imports.module.css';
import { importMessages } from './messages.ts';
import { useFileShape } from './use-file-shape.ts';

const ENCODING_NAMES = { 'utf-8': 'UTF-8', gb18030: 'GB18030 (GBK)' } as const;
const DELIMITER_KEYS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;

/** Found by the server, and seldom wrong: at the end of the form. */
export function FileShapeFields({ draft, columns }: { draft: ImportDraft; columns: readonly string[] }) {
  const t = useMessages(importMessages);
  const shape = useFileShape(draft, columns);
  const { encoding, delimiter, hasHeader } = draft.mapping;
  return (
    <PanelSection title={t('fileShape')}>
      <div className={styles.fields}>
        <SelectField
          label={t('encoding')}
          value={encoding}
          disabled={shape.isPending}
          onChange={(event) => shape.mutate({ encoding: ENCODINGS[event.target.selectedIndex] })}
        >
          {ENCODINGS.map((name) => (
            <option key={name} value={name}>
              {ENCODING_NAMES[name]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('delimiter')}
          value={delimiter}
          disabled={shape.isPending}
          onChange={(event) => shape.mutate({ delimiter: DELIMITERS[event.target.selectedIndex] })}
        >
          {DELIMITERS.map((name) => (
            <option key={name} value={name}>
              {t(DELIMITER_KEYS[name])}
            </option>
          ))}
        </SelectField>
        <Switch label={t('header')} checked={hasHeader} onChange={(checked) => shape.mutate({ hasHeader: checked })} />
      </div>
      {shape.error ? <ErrorState error={shape.error} /> : null}
    </PanelSection>
  );
}
