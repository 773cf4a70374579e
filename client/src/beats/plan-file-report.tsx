import type { PlanFileFinding, PlanImportReport } from '@xunfang/geo-data/contract';
import { useFormat } from '../clock/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { DataTable, FigureRows, Icon } from '../ui/index.ts';
import styles from './beats.module.css';
import { planFileMessages } from './messages-files.ts';

/** What a file would become: how it was read, what is wrong with it, and every beat of it. */
export function PlanFileReport({ report }: { report: PlanImportReport }) {
  const t = useMessages(planFileMessages);
  const { areas } = report;
  return (
    <div className={styles.report}>
      <Findings tone="wrong" title={t('rejected', { count: report.rejected.length })} findings={report.rejected} />
      {areas.length > 0 ? (
        <Reading report={report} />
      ) : report.rejected.length === 0 ? (
        <p className={styles.wrong}>{t('nothing')}</p>
      ) : null}
      <Findings tone="note" title={t('leftOut', { count: report.leftOut.length })} findings={report.leftOut} />
    </div>
  );
}

function Reading({ report }: { report: PlanImportReport }) {
  const t = useMessages(planFileMessages);
  const format = useFormat();
  const bilingual = useBilingual();
  const { areas, method, redrawnAtoms } = report;
  return (
    <>
      <FigureRows
        rows={[
          {
            label: t('counts'),
            value: t('countsValue', { zones: report.zones, beats: areas.length, atoms: report.atomsTotal }),
          },
          { label: t('method'), value: method === 'atoms' ? t('methodAtoms') : t('methodOutlines') },
          { label: t('coordinates'), value: report.coordinates },
          ...(report.encoding ? [{ label: t('encoding'), value: report.encoding.toUpperCase() }] : []),
        ]}
      />
      {redrawnAtoms > 0 ? <p className={styles.viewing}>{t('redrawn', { count: redrawnAtoms })}</p> : null}
      <Notes report={report} />
      <div className={styles.areas}>
        <DataTable
          rows={areas}
          keyOf={(area) => area.number}
          columns={[
            { key: 'number', title: t('number'), numeric: true, cell: (area) => area.number },
            { key: 'name', title: t('area'), cell: (area) => bilingual(area.name) },
            { key: 'zone', title: t('zone'), numeric: true, cell: (area) => area.zoneNumber },
            { key: 'atoms', title: t('atoms'), numeric: true, cell: (area) => format.number(area.atoms) },
            { key: 'km2', title: t('km2'), numeric: true, cell: (area) => format.number(area.areaKm2, 2) },
            { key: 'parts', title: t('parts'), numeric: true, cell: (area) => area.parts },
          ]}
        />
      </div>
    </>
  );
}

function Notes({ report }: { report: PlanImportReport }) {
  const t = useMessages(planFileMessages);
  const format = useFormat();
  const { gaps, overlaps, areas, unnamed, unnumbered } = report;
  const torn = areas.filter(({ parts }) => parts > 1).map(({ number }) => number);
  const mendable = [
    ...(gaps.atoms > 0 ? [t('gaps', { count: gaps.atoms, km2: format.number(gaps.areaKm2, 2) })] : []),
    ...overlaps.map(({ beats: [a, b], atoms }) => t('overlap', { a, b, count: atoms })),
    ...(torn.length > 0 ? [t('multipart', { numbers: torn.join(', ') })] : []),
    ...(unnamed.length > 0 ? [t('unnamed', { numbers: unnamed.join(', ') })] : []),
    ...(unnumbered.length > 0 ? [t('unnumbered', { numbers: unnumbered.join(', ') })] : []),
  ];
  if (mendable.length === 0)
    return (
      <p className={styles.note}>
        <Icon name="check" /> {t('complete')}
      </p>
    );
  return (
    <div>
      <ul className={`${styles.findings} ${styles.viewing}`}>
        {mendable.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <span className={styles.note}>{t('fixLater')}</span>
    </div>
  );
}

interface FindingsProps {
  tone: 'wrong' | 'note';
  title: string;
  findings: readonly PlanFileFinding[];
}

function Findings({ tone, title, findings }: FindingsProps) {
  const t = useMessages(planFileMessages);
  if (findings.length === 0) return null;
  return (
    <div className={styles[tone]} role={tone === 'wrong' ? 'alert' : undefined}>
      <strong>{title}</strong>
      <ul className={styles.findings}>
        {findings.map(({ layer, row, name, message }) => (
          <li key={`${layer}-${row}`}>
            {layer ? `${layer} · ` : ''}
            {t('row', { row })} {name ? `“${name}”` : ''} {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
