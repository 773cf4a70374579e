import { cellToHex } from '@xunfang/geo-data/geometry';
import { cellToLatLng } from 'h3-js';
import { useMemo } from 'react';
import { type Format, useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { mapCamera } from '../map/index.ts';
import { Button, DataTable, EmptyState, FigureRows, Panel, PanelSection, select, useSelectedId } from '../ui/index.ts';
import { type Measure, valuesOf } from './hotspot-classes.ts';
import styles from './hotspots.module.css';
import { hotspotMessages } from './messages.ts';
import { type HotspotAnswer, useHotspots } from './use-hotspots.ts';

const SHOWN = 15;

/** The cells that stand out under the chosen measure, to walk through with the keyboard. */
export function HottestCells({ answer, measure }: { answer: HotspotAnswer; measure: Measure }) {
  const t = useMessages(hotspotMessages);
  const format = useFormat();
  const selectedCell = useSelectedId('cell');
  const { columns, meta } = answer;
  const rows = useMemo(() => {
    const values = valuesOf(columns, measure);
    return Array.from(values.keys())
      .filter((cell) => values[cell] > 0)
      .sort((a, b) => values[b] - values[a] || a - b)
      .slice(0, SHOWN)
      .map((cell, index) => ({ cell, rank: index + 1, hex: cellToHex(columns.cellHi[cell], columns.cellLo[cell]) }));
  }, [columns, measure]);
  return (
    <PanelSection title={t('hottest')}>
      <DataTable
        rows={rows}
        keyOf={(row) => row.hex}
        selectedKey={selectedCell}
        onSelect={(row) => showCell(row.hex)}
        columns={[
          { key: 'rank', title: '#', numeric: true, cell: (row) => row.rank },
          { key: 'count', title: t('count'), numeric: true, cell: (row) => format.number(columns.count[row.cell]) },
          {
            key: 'density',
            title: t('density'),
            numeric: true,
            cell: (row) => format.number(columns.densityPerKm2[row.cell], 1),
          },
          { key: 'z', title: 'z', numeric: true, cell: (row) => format.number(columns.giZ[row.cell], 2) },
          { key: 'q', title: 'q', numeric: true, cell: (row) => qText(columns.giQ[row.cell], format) },
        ]}
      />
      <p className={styles.note}>
        {t('revision', { revision: meta.dataRevision })} ·{' '}
        {meta.cached ? t('fromCache') : t('computedIn', { ms: Math.round(meta.computedMs) })}
      </p>
    </PanelSection>
  );
}

/** All numbers of one cell. */
export function CellDetail({ cell }: { cell: string }) {
  const t = useMessages(hotspotMessages);
  const format = useFormat();
  const { data } = useHotspots();
  const columns = data?.columns;
  const index = useMemo(() => {
    if (!columns) return -1;
    const hi = Number.parseInt(cell.slice(0, -8), 16);
    const lo = Number.parseInt(cell.slice(-8), 16);
    return columns.cellLo.findIndex((value, row) => value === lo && columns.cellHi[row] === hi);
  }, [columns, cell]);
  if (!columns || index < 0) return <EmptyState title={t('empty')} />;
  return (
    <Panel title={t('cell', { cell })}>
      <PanelSection>
        <FigureRows
          rows={[
            { label: t('count'), value: format.number(columns.count[index]) },
            { label: t('rate'), value: format.number(columns.ratePerKm2[index], 1), unit: t('rateUnit') },
            { label: t('density'), value: format.number(columns.densityPerKm2[index], 1), unit: t('densityUnit') },
            { label: t('z'), value: format.number(columns.giZ[index], 3) },
            { label: t('q'), value: qText(columns.giQ[index], format) },
          ]}
        />
        <Button icon="fit" onClick={() => showCell(cell)}>
          {t('zoomTo')}
        </Button>
      </PanelSection>
    </Panel>
  );
}

/** A q value is never exactly zero. */
export function qText(q: number, format: Format): string {
  return q < 0.001 ? `< ${format.number(0.001, 3)}` : format.number(q, 3);
}

function showCell(cell: string): void {
  select('cell', cell);
  const [lat, lon] = cellToLatLng(cell);
  mapCamera.flyTo({ lat, lon });
}
