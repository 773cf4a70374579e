import { type FilterCodec, updateUrl, useUrlState } from '../ui/index.ts';

/** The refused position that the map of 指挥 shows. In the address, so that a reload and a colleague see the same. */
export interface RefusedShown {
  deviceId: number;
  fixId: number;
}

export const REFUSED_FILTER = 'devices.refused';

export const refusedCodec: FilterCodec<RefusedShown | null> = {
  parse: (text) => {
    const [, deviceId, fixId] = /^(\d{1,9}):(\d{1,15})$/.exec(text ?? '') ?? [];
    return deviceId === undefined ? null : { deviceId: Number(deviceId), fixId: Number(fixId) };
  },
  format: (shown) => (shown === null ? null : `${shown.deviceId}:${shown.fixId}`),
};

/** Leaves administration for the map, with that position on it. */
export function showRefused(shown: RefusedShown): void {
  const { filters } = useUrlState.getState();
  updateUrl({ workspace: 'dispatch', filters: { ...filters, [REFUSED_FILTER]: refusedCodec.format(shown) ?? '' } });
}
