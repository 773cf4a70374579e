import type { Bilingual } from '@xunfang/geo-data/contract';

/** The name a designed area starts with: 第01巡区, Beat 1. */
export function areaName(level: 'zone' | 'beat', number: number): Bilingual {
  const zh = `第${String(number).padStart(2, '0')}${level === 'zone' ? '防区' : '巡区'}`;
  return { zh, en: `${level === 'zone' ? 'Zone' : 'Beat'} ${number}` };
}
