import { clockMessages, splitAge, useFormat, useNow } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';

const AGO = { seconds: 'secondsAgo', minutes: 'minutesAgo', hours: 'hoursAgo', days: 'daysAgo' } as const;

/** “3 分钟前”, counting by itself; the absolute time is its title. Show the absolute beside it where there is room. */
export function RelativeTime({ at }: { at: number | string }) {
  const t = useMessages(clockMessages);
  const format = useFormat();
  const atMs = typeof at === 'string' ? Date.parse(at) : at;
  const age = splitAge(useNow() - atMs);
  const text = age.unit === 'seconds' && age.count < 2 ? t('now') : t(AGO[age.unit], { count: age.count });
  return (
    <time dateTime={new Date(atMs).toISOString()} title={format.instant(atMs, 'dateSeconds')}>
      {text}
    </time>
  );
}

/** A length of time: “12 秒”, “4 分”. */
export function Age({ ms }: { ms: number }) {
  const t = useMessages(clockMessages);
  const age = splitAge(ms);
  return <>{t(age.unit, { count: age.count })}</>;
}
