import { NO_STOP, TRACK_ACTIVITIES } from '@xunfang/geo-data/units';
import { useMemo } from 'react';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { segmentAt } from './draw-timeline.ts';
import { trackMessages } from './messages.ts';
import type { UnitTrack } from './track-data.ts';
import { rowAt } from './track-positions.ts';
import { useStopPlace } from './use-stop-place.ts';

/** What a unit did at an instant, in one line: call sign, activity, place or speed, from when to when. */
export function useTrackWords() {
  const t = useMessages(trackMessages);
  const format = useFormat();
  const placeOf = useStopPlace();
  return useMemo(() => {
    const span = (seconds: number): string => {
      const minutes = Math.round(seconds / 60);
      return minutes < 60
        ? t('spanMinutes', { count: minutes })
        : t('spanHours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
    };
    const time = (seconds: number) => format.instant(seconds * 1000, 'time');
    const line = (track: UnitTrack, instant: number): string => {
      const { segments } = track;
      const at = segmentAt(track, Math.min(instant, segments.endSeconds[segments.count - 1] - 1));
      if (at < 0) return track.callSign;
      const activity = TRACK_ACTIVITIES[segments.activity[at]];
      const [from, to] = [segments.startSeconds[at], segments.endSeconds[at]];
      const parts = [track.callSign, t(activity)];
      const stop = segments.stop[at];
      if (stop !== NO_STOP) parts.push(placeOf(segments.stops.lon[stop], segments.stops.lat[stop]));
      const speed = activity === 'moving' ? track.speedKmh[rowAt(track.seconds, instant)] : Number.NaN;
      if (speed >= 0) parts.push(`${format.number(speed)} km/h`);
      parts.push(t('lasting', { from: time(from), to: time(to), span: span(to - from) }));
      return parts.join(' · ');
    };
    return { line, time, placeOf };
  }, [t, format, placeOf]);
}
