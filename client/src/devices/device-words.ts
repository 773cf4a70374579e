import { DEVICE_PROTOCOLS, DEVICE_REFUSALS, type DeviceProtocol } from '@xunfang/geo-data/contract';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { updateUrl } from '../ui/index.ts';
import { deviceMessages } from './messages.ts';

/** Why something was refused; a reason of a newer server keeps its code. */
export function useReasonName(): (reason: string) => string {
  const t = useMessages(deviceMessages);
  return (reason) => {
    const known = DEVICE_REFUSALS.find((candidate) => candidate === reason);
    return known ? t(known) : reason;
  };
}

/** Counts by reason, the commonest first, as "reason ×count". */
export function useReasonCounts(): (counts: Iterable<[reason: string, count: number]>) => string[] {
  const format = useFormat();
  const reasonName = useReasonName();
  return (counts) => commonestFirst(counts).map(([reason, count]) => `${reasonName(reason)} ×${format.number(count)}`);
}

export function commonestFirst(counts: Iterable<[reason: string, count: number]>): [reason: string, count: number][] {
  return [...counts].sort(([, a], [, b]) => b - a);
}

export function useProtocolName(): (protocol: string | null) => string {
  const t = useMessages(deviceMessages);
  return (protocol) => {
    if (protocol === null) return t('unknownProtocol');
    const known = DEVICE_PROTOCOLS.find((candidate) => candidate === protocol);
    return known ? t(known) : protocol;
  };
}

/** Whether messages of that protocol are what a device set up for `declared` sends. */
export function isSpokenBy(declared: DeviceProtocol | null, spoken: string | null): boolean {
  if (declared === null || spoken === null) return true;
  return spoken === (declared === 'owntracks_mqtt' ? 'owntracks' : declared);
}

const SYSTEM_NAMES = { WGS84: 'WGS 84', CGCS2000: 'CGCS2000', GCJ02: 'GCJ-02', BD09: 'BD-09' } as const;
export const systemName = (system: keyof typeof SYSTEM_NAMES): string => SYSTEM_NAMES[system];

export function openDevice(id: number | null): void {
  updateUrl({ workspace: 'admin', path: id === null ? ['devices'] : ['devices', String(id)] });
}
