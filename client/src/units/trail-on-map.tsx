import { useEffect } from 'react';
import { useFormat } from '../clock/index.ts';
import { serverNowMs } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { mapLayers } from '../map/index.ts';
import { useDisplay, useSelectedId } from '../ui/index.ts';
import { unitMessages } from './messages.ts';
import { trailLayers } from './trail-layers.ts';
import { pickTrailFix, useTrailShown } from './trail-shown.ts';
import { ageText } from './unit-words.ts';
import { useTrail } from './use-trail.ts';

/** The trail of the selected unit, once it was asked for. */
export function TrailOnMap() {
  const t = useMessages(unitMessages);
  const format = useFormat();
  const selectedId = useSelectedId('unit');
  const { pickedSeconds, shown } = useTrailShown();
  const { data: trail } = useTrail(selectedId === null ? null : Number(selectedId));
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  useEffect(() => pickTrailFix(null), [selectedId]);
  useEffect(() => {
    if (!shown || selectedId === null || !trail || trail.points.length < 2) return;
    const words = (row: number): string => {
      const seconds = trail.points[row][2];
      const speed = trail.speedKmh[row];
      return [
        format.instant(seconds * 1000, 'seconds'),
        speed === null ? t('speedUnknown') : `${format.number(speed)} ${t('kmh')}`,
        t('agoOf', { age: ageText(serverNowMs() / 1000 - seconds) }),
      ].join(' · ');
    };
    const pickedRow =
      pickedSeconds === null ? -1 : trail.points.findIndex(([, , seconds]) => seconds === pickedSeconds);
    const layers = trailLayers({
      trail,
      pickedRow,
      pickedText: pickedRow < 0 ? '' : words(pickedRow),
      timeText: (seconds) => format.instant(seconds * 1000, 'time'),
      scale,
      theme,
    });
    const fixOf = (pick: { index: number; layer?: { id: string } | null }) =>
      pick.layer?.id === 'unit-trail-fixes' ? trail.points[pick.index] : undefined;
    mapLayers.set('unit-trail', 'trails', layers, {
      onClick: (pick) => pickTrailFix(fixOf(pick)?.[2] ?? null),
      tooltip: (pick) => (fixOf(pick) ? words(pick.index) : null),
    });
    return () => mapLayers.remove('unit-trail');
  }, [shown, selectedId, trail, pickedSeconds, scale, theme, t, format]);
  return null;
}
