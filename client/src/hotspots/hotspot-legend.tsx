import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { ClassLegend, DemonstrationTag } from '../ui/index.ts';
import { SIGNIFICANCE_CLASSES } from './hotspot-classes.ts';
import { hotspotMessages } from './messages.ts';
import { useClassedHotspots } from './use-hotspots.ts';

const UNITS = {
  count: 'countUnit',
  rate: 'rateUnit',
  density: 'densityUnit',
  significance: 'significanceUnit',
} as const;

/** States the measure, its unit, the window, n, and how classes or significance were made. */
export function HotspotLegend() {
  const t = useMessages(hotspotMessages);
  const format = useFormat();
  const shown = useClassedHotspots();
  if (!shown) return null;
  const { measure, classed } = shown;
  const { meta } = shown.answer;
  // Enough digits to tell the classes apart, no more.
  const decimals =
    measure === 'count' || (classed.lowerBounds.at(-1) ?? 0) >= 100 ? 0 : (classed.lowerBounds[1] ?? 10) < 10 ? 2 : 1;
  const classes = classed.colours.map(({ colour, opacity }, index) => ({
    colour,
    opacity,
    from:
      measure === 'significance'
        ? t(SIGNIFICANCE_CLASSES[index])
        : `${index === classed.colours.length - 1 ? '≥ ' : ''}${format.number(classed.lowerBounds[index], decimals)}`,
  }));
  return (
    <ClassLegend
      title={t(measure)}
      unit={t(UNITS[measure])}
      classes={classes}
      notes={[
        // The end is exclusive: the last moment inside names the last day.
        t('window', {
          from: format.instant(meta.from, 'date'),
          to: format.instant(Date.parse(meta.to) - 1000, 'date'),
        }),
        t('n', { count: format.number(meta.incidentCount), cells: format.number(meta.cellCount) }),
        measure === 'significance'
          ? t('giNote')
          : measure === 'density'
            ? t('densityNote', { kernel: t(meta.kernel), metres: format.number(meta.bandwidthMeters) })
            : t('quantile'),
        ...(meta.demonstration ? [<DemonstrationTag key="demonstration" />] : []),
      ]}
    />
  );
}
