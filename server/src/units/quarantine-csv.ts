import type { QuarantinedFix } from '@xunfang/geo-data/contract';
import { csvCell } from '../incidents/index.ts';
import type { Language } from '../platform/index.ts';

const HEADINGS = {
  zh: [
    '接收时间',
    '原因代码',
    '定位时间',
    '经度',
    '纬度',
    '速度 km/h',
    '航向',
    '精度 m',
    '适合的坐标系',
    '协议',
    '原始报文',
  ],
  en: [
    'received',
    'reason',
    'fixed',
    'lon',
    'lat',
    'speed km/h',
    'heading',
    'accuracy m',
    'fits',
    'protocol',
    'message',
  ],
} as const;

/** Quarantined positions as CSV, with a byte order mark so that Excel reads the Chinese. Places as they were sent. */
export function quarantineCsv(fixes: readonly QuarantinedFix[], language: Language): string {
  const rows = fixes.map((fix) => [
    fix.receivedAt,
    fix.reason,
    fix.fixedAt,
    fix.lon,
    fix.lat,
    fix.speedKmh,
    fix.headingDegrees,
    fix.accuracyMeters,
    fix.fitsSystem,
    fix.protocol,
    fix.raw,
  ]);
  const lines = rows.map((row) => row.map((value) => csvCell(value === null ? '' : String(value))).join(','));
  return `\ufeff${[HEADINGS[language].join(','), ...lines].join('\r\n')}\r\n`;
}
