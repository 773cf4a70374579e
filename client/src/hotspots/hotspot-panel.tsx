import type { ReactNode } from 'react';
import { useFormat } from '../clock/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { useBureau } from '../session/index.ts';
import {
  Button,
  DemonstrationTag,
  EmptyState,
  ErrorState,
  Panel,
  PanelSection,
  Segmented,
  SelectField,
  SkeletonRows,
  Switch,
  TextField,
} from '../ui/index.ts';
import { MEASURES } from './hotspot-classes.ts';
import { BeatCountsSection } from './beat-counts-section.tsx';
import { CELL_WIDTH_METERS, type HotspotFilters, PERIODS, RESOLUTIONS, useHotspotFilters } from './hotspot-filters.ts';
import styles from './hotspots.module.css';
import { HottestCells } from './hottest-cells.tsx';
import { hotspotMessages } from './messages.ts';
import { useHotspots } from './use-hotspots.ts';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const BANDWIDTHS = [50, 100, 150, 200, 250, 300, 400, 500, 700, 1000, 1500, 2000, 3000, 5000];

/** Filters of the analysis, and what stands out under them. */
export function HotspotPanel({ actions }: { actions?: ReactNode }) {
  const t = useMessages(hotspotMessages);
  const bureau = useBureau();
  const filters = useHotspotFilters();
  const { data, error, isPending, isFetching, refetch } = useHotspots();
  if (bureau.incidentCount === 0)
    return (
      <Panel title={t('title')}>
        <EmptyState title={t('noIncidents')} action={actions}>
          {t('noIncidentsHint')}
        </EmptyState>
      </Panel>
    );
  return (
    <Panel title={t('title')} actions={bureau.demonstration ? <DemonstrationTag /> : null} footer={actions}>
      <PanelSection title={t('measure')}>
        <Segmented
          label={t('measure')}
          value={filters.measure}
          options={MEASURES.map((measure) => ({ value: measure, label: t(measure) }))}
          onChange={filters.setMeasure}
        />
      </PanelSection>
      <PeriodFilter filters={filters} />
      <CategoryFilter filters={filters} />
      <HoursFilter filters={filters} />
      <GridFilter filters={filters} />
      <div className={styles.computing} role="status">
        {isFetching ? t('computing') : ''}
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <SkeletonRows rows={6} />
      ) : data.meta.incidentCount === 0 ? (
        <EmptyState title={t('empty')}>{t('emptyHint')}</EmptyState>
      ) : (
        <>
          <HottestCells answer={data} measure={filters.measure} />
          <BeatCountsSection />
        </>
      )}
    </Panel>
  );
}

function PeriodFilter({ filters }: { filters: HotspotFilters }) {
  const t = useMessages(hotspotMessages);
  return (
    <PanelSection>
      <SelectField
        label={t('period')}
        value={filters.period}
        onChange={(event) => filters.setPeriod(Number(event.target.value))}
      >
        {PERIODS.map((days) => (
          <option key={days} value={days}>
            {days > 0 ? t('days', { days }) : days === 0 ? t('all') : t('custom')}
          </option>
        ))}
      </SelectField>
      {filters.period < 0 ? (
        <div className={styles.pair}>
          <TextField
            label={t('from')}
            type="date"
            value={filters.from}
            onChange={(event) => filters.setFrom(event.target.value)}
          />
          <TextField
            label={t('to')}
            type="date"
            value={filters.to}
            onChange={(event) => filters.setTo(event.target.value)}
          />
        </div>
      ) : null}
    </PanelSection>
  );
}

function CategoryFilter({ filters }: { filters: HotspotFilters }) {
  const t = useMessages(hotspotMessages);
  const bilingual = useBilingual();
  const { categories } = useBureau();
  const roots = categories.filter((category) => category.parentId === null);
  const chosen = filters.categories[0] ?? 0;
  return (
    <PanelSection>
      <SelectField
        label={t('categories')}
        value={chosen}
        onChange={(event) =>
          filters.setCategories(Number(event.target.value) === 0 ? [] : [Number(event.target.value)])
        }
      >
        <option value={0}>{t('allCategories')}</option>
        {roots.map((root) => (
          <optgroup key={root.id} label={bilingual(root.name)}>
            <option value={root.id}>{bilingual(root.name)}</option>
            {categories
              .filter((category) => category.parentId === root.id)
              .map((category) => (
                <option key={category.id} value={category.id}>
                  {bilingual(category.name)}
                </option>
              ))}
          </optgroup>
        ))}
      </SelectField>
      <Switch label={t('selfInitiated')} checked={filters.selfInitiated} onChange={filters.setSelfInitiated} />
    </PanelSection>
  );
}

function HoursFilter({ filters }: { filters: HotspotFilters }) {
  const t = useMessages(hotspotMessages);
  const bureau = useBureau();
  const night = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) =>
    bureau.nightFromHour > bureau.nightToHour
      ? hour >= bureau.nightFromHour || hour < bureau.nightToHour
      : hour >= bureau.nightFromHour && hour < bureau.nightToHour,
  );
  return (
    <PanelSection
      title={t('hours')}
      actions={
        <span className={styles.actions}>
          <Button small onClick={() => filters.setHours(night)}>
            {t('night')}
          </Button>
          <Button small onClick={() => filters.setHours([])}>
            {t('allHours')}
          </Button>
        </span>
      }
    >
      <Toggles
        label={t('hours')}
        className={styles.hours}
        options={Array.from({ length: 24 }, (_, hour) => ({ value: hour, label: String(hour) }))}
        chosen={filters.hours}
        onChange={filters.setHours}
      />
      <Toggles
        label={t('weekdays')}
        className={styles.weekdays}
        options={WEEKDAYS.map((name, index) => ({ value: index + 1, label: t(name) }))}
        chosen={filters.weekdays}
        onChange={filters.setWeekdays}
      />
    </PanelSection>
  );
}

interface TogglesProps {
  label: string;
  className: string;
  options: readonly { value: number; label: string }[];
  /** None chosen counts as all. */
  chosen: readonly number[];
  onChange: (values: number[]) => void;
}

function Toggles({ label, className, options, chosen, onChange }: TogglesProps) {
  const toggle = (value: number) =>
    onChange(
      chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value].sort((a, b) => a - b),
    );
  return (
    <fieldset className={className} aria-label={label}>
      {options.map(({ value, label: text }) => (
        <button
          key={value}
          type="button"
          className={styles.toggle}
          aria-pressed={chosen.includes(value)}
          data-quiet={chosen.length === 0}
          onClick={() => toggle(value)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}

function GridFilter({ filters }: { filters: HotspotFilters }) {
  const t = useMessages(hotspotMessages);
  const format = useFormat();
  const widths = BANDWIDTHS.includes(filters.bandwidthMeters)
    ? BANDWIDTHS
    : [...BANDWIDTHS, filters.bandwidthMeters].sort((a, b) => a - b);
  return (
    <PanelSection>
      <SelectField
        label={t('resolution')}
        value={filters.resolution}
        onChange={(event) => filters.setResolution(Number(event.target.value))}
      >
        {RESOLUTIONS.map((resolution) => (
          <option key={resolution} value={resolution}>
            {t('resolutionOption', { resolution, metres: format.number(CELL_WIDTH_METERS[resolution]) })}
          </option>
        ))}
      </SelectField>
      {filters.measure === 'density' ? (
        <div className={styles.pair}>
          <SelectField
            label={t('bandwidth')}
            value={filters.bandwidthMeters}
            onChange={(event) => filters.setBandwidth(Number(event.target.value))}
          >
            {widths.map((metres) => (
              <option key={metres} value={metres}>
                {t('bandwidthValue', { metres: format.number(metres) })}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t('kernel')}
            value={filters.kernel}
            onChange={(event) => filters.setKernel(event.target.value === 'gaussian' ? 'gaussian' : 'epanechnikov')}
          >
            <option value="epanechnikov">{t('epanechnikov')}</option>
            <option value="gaussian">{t('gaussian')}</option>
          </SelectField>
        </div>
      ) : null}
    </PanelSection>
  );
}
