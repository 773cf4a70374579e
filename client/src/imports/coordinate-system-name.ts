import { useCallback } from 'react';
import { useMessages } from '../i18n/index.ts';
import { importMessages } from './messages.ts';

export const NAMED_SYSTEMS = ['WGS84', 'CGCS2000', 'GCJ02', 'BD09'] as const;
export type NamedSystem = (typeof NAMED_SYSTEMS)[number];
const SHORT_KEYS = {
  WGS84: 'wgs84Short',
  CGCS2000: 'cgcs2000Short',
  GCJ02: 'gcj02Short',
  BD09: 'bd09Short',
} as const satisfies Record<NamedSystem, string>;

export function isNamedSystem(system: string): system is NamedSystem {
  return NAMED_SYSTEMS.some((named) => named === system);
}

/** `GCJ-02` for `GCJ02`; an EPSG number is its own name. */
export function useCoordinateSystemName(): (system: string) => string {
  const t = useMessages(importMessages);
  return useCallback((system) => (isNamedSystem(system) ? t(SHORT_KEYS[system]) : system), [t]);
}
