import { useBilingual, useMessages } from '../i18n/index.ts';
import { SelectField, SymbolLegend, useUrlFilter } from '../ui/index.ts';
import styles from './beats.module.css';
import { referenceCodec } from './beats-on-map.tsx';
import { beatMessages } from './messages.ts';
import { useReferenceSets } from './plan-queries.ts';

export function BeatLegend() {
  const t = useMessages(beatMessages);
  const bilingual = useBilingual();
  const { data } = useReferenceSets();
  const [setId, choose] = useUrlFilter('reference', referenceCodec);
  return (
    <>
      <SymbolLegend
        items={[
          { mark: <Line width={3} token="--text-2" />, label: t('legendZone') },
          { mark: <Line width={1} token="--text-3" />, label: t('legendBeat') },
        ]}
      />
      <span className={styles.note}>{t('legendHue')}</span>
      {data && data.length > 0 ? (
        <SelectField label={t('reference')} value={setId} onChange={(event) => choose(Number(event.target.value))}>
          <option value={0}>{t('none')}</option>
          {data.map((set) => (
            <option key={set.id} value={set.id}>
              {bilingual(set.name)} ({set.count})
            </option>
          ))}
        </SelectField>
      ) : null}
    </>
  );
}

function Line({ width, token }: { width: number; token: string }) {
  return (
    <svg viewBox="0 0 16 16" width="1.1em" height="1.1em" aria-hidden>
      <path d="M1 8h14" stroke={`var(${token})`} strokeWidth={width} />
    </svg>
  );
}
