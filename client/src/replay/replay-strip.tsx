import { lowerBound } from '@xunfang/geo-data/numeric';
import { useEffect, useMemo, useRef } from 'react';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, ErrorState, IconButton, SelectField, token, useDisplay, useHotkeys } from '../ui/index.ts';
import { replayMessages } from './messages.ts';
import styles from './replay.module.css';
import { countsPerDay, useReplayBlock, useReplayPeriod } from './replay-block.ts';
import {
  closeReplay,
  openReplay,
  pauseReplay,
  playReplay,
  SPEEDS,
  seekReplay,
  setReplaySpeed,
  setReplayWindow,
  useReplayClock,
  WINDOWS,
} from './replay-clock.ts';

/** The bottom strip of the analysis: closed it is one button, open it is the clock of the past. */
export function ReplayStrip() {
  const t = useMessages(replayMessages);
  const active = useReplayClock((state) => state.active);
  const period = useReplayPeriod();
  useEffect(() => {
    if (active && period) openReplay(period.fromSeconds, period.toSeconds);
  }, [active, period]);
  useEffect(() => closeReplay, []);
  if (!active)
    return (
      <div className={styles.strip}>
        <Button
          icon="play"
          disabled={!period}
          onClick={() => period && openReplay(period.fromSeconds, period.toSeconds)}
        >
          {t('start')}
        </Button>
      </div>
    );
  return <OpenStrip />;
}

function OpenStrip() {
  const t = useMessages(replayMessages);
  const { data, error, isPending, refetch } = useReplayBlock();
  const playing = useReplayClock((state) => state.playing);
  const windowSeconds = useReplayClock((state) => state.windowSeconds);
  const secondsPerSecond = useReplayClock((state) => state.secondsPerSecond);
  const step = (direction: number) => {
    const clock = useReplayClock.getState();
    seekReplay(clock.cursorSeconds + direction * Math.max(3600, clock.windowSeconds / 4));
  };
  useHotkeys([
    {
      keys: ' ',
      label: () => t(playing ? 'pause' : 'play'),
      group: 'workspace',
      run: () => (playing ? pauseReplay() : playReplay()),
    },
    { keys: 'ArrowLeft', label: () => t('back'), group: 'workspace', run: () => step(-1) },
    { keys: 'ArrowRight', label: () => t('forward'), group: 'workspace', run: () => step(1) },
  ]);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <div className={styles.strip}>{t('loading')}</div>;
  return (
    <div className={styles.open}>
      <div className={styles.controls}>
        <IconButton
          icon={playing ? 'pause' : 'play'}
          label={playing ? t('pause') : t('play')}
          disabled={data.count === 0}
          onClick={() => (playing ? pauseReplay() : playReplay())}
        />
        <IconButton icon="chevronLeft" label={t('back')} onClick={() => step(-1)} />
        <IconButton icon="chevronRight" label={t('forward')} onClick={() => step(1)} />
        <SelectField
          label={t('speed')}
          value={secondsPerSecond}
          onChange={(event) => setReplaySpeed(Number(event.target.value))}
        >
          {SPEEDS.map((speed) => (
            <option key={speed.key} value={speed.secondsPerSecond}>
              {t('perSecond', { span: t(speed.key) })}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('windowLength')}
          value={windowSeconds}
          onChange={(event) => setReplayWindow(Number(event.target.value))}
        >
          {WINDOWS.map((window) => (
            <option key={window.key} value={window.seconds}>
              {t(window.key)}
            </option>
          ))}
        </SelectField>
        <Position times={data.occurredAtSeconds} />
        <Button icon="close" onClick={closeReplay}>
          {t('stop')}
        </Button>
      </div>
      {data.count === 0 ? <p>{t('empty')}</p> : <Scrubber />}
    </div>
  );
}

function Position({ times }: { times: Uint32Array }) {
  const t = useMessages(replayMessages);
  const format = useFormat();
  const cursor = useReplayClock((state) => state.cursorSeconds);
  const window = useReplayClock((state) => state.windowSeconds);
  const inWindow = lowerBound(times, cursor) - lowerBound(times, cursor - window);
  return (
    <span className={styles.position} role="status" aria-live="off">
      <strong>{`${format.instant((cursor - window) * 1000)} – ${format.instant(cursor * 1000)}`}</strong>
      <span>
        {t('inWindow', { count: format.number(inWindow) })} · {t('ofTotal', { count: format.number(times.length) })}
      </span>
    </span>
  );
}

/** A day a bar, the window marked on them. The slider beneath takes pointer and keyboard. */
function Scrubber() {
  const t = useMessages(replayMessages);
  const format = useFormat();
  const { data } = useReplayBlock();
  const { fromSeconds, toSeconds, cursorSeconds } = useReplayClock();
  const days = useMemo(
    () => (data ? countsPerDay(data, fromSeconds, toSeconds) : null),
    [data, fromSeconds, toSeconds],
  );
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useDisplay((state) => state.theme);
  useEffect(() => {
    const element = canvas.current;
    if (!element || !days) return;
    const draw = () => drawDays(element, days);
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    const stop = useReplayClock.subscribe(draw);
    return () => {
      observer.disconnect();
      stop();
    };
    // The theme decides the colours drawn with.
  }, [days, theme]);
  return (
    <div className={styles.scrubber}>
      <canvas ref={canvas} className={styles.days} role="img" aria-label={t('perDay')} />
      <input
        type="range"
        className={styles.range}
        aria-label={t('position')}
        aria-valuetext={format.instant(cursorSeconds * 1000)}
        min={fromSeconds}
        max={toSeconds}
        step={3600}
        value={cursorSeconds}
        onChange={(event) => seekReplay(Number(event.target.value))}
      />
      <div className={styles.ends}>
        <span>{format.instant(fromSeconds * 1000, 'date')}</span>
        <span>{format.instant(toSeconds * 1000 - 1000, 'date')}</span>
      </div>
    </div>
  );
}

function drawDays(element: HTMLCanvasElement, days: Uint32Array): void {
  const context = element.getContext('2d');
  if (!context) return;
  const width = Math.max(1, Math.round(element.clientWidth * window.devicePixelRatio));
  const height = Math.max(1, Math.round(element.clientHeight * window.devicePixelRatio));
  if (element.width !== width || element.height !== height) {
    element.width = width;
    element.height = height;
  }
  const { fromSeconds, toSeconds, cursorSeconds, windowSeconds } = useReplayClock.getState();
  const xOf = (seconds: number) => ((seconds - fromSeconds) / (toSeconds - fromSeconds)) * width;
  context.clearRect(0, 0, width, height);
  const most = days.reduce((largest, count) => Math.max(largest, count), 1);
  const inside = (day: number) => {
    const noon = fromSeconds + (day + 0.5) * 86_400;
    return noon >= cursorSeconds - windowSeconds && noon < cursorSeconds;
  };
  for (let day = 0; day < days.length; day++) {
    const barHeight = (days[day] / most) * height;
    context.fillStyle = inside(day) ? token('select') : token('lineStrong');
    const left = xOf(fromSeconds + day * 86_400);
    const barWidth = Math.max(1, xOf(fromSeconds + (day + 1) * 86_400) - left - 1);
    context.fillRect(left, height - barHeight, barWidth, barHeight);
  }
  context.fillStyle = token('text1');
  context.fillRect(Math.min(width - 2, xOf(cursorSeconds)), 0, 2, height);
}
