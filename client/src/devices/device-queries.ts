import { queryOptions, useQuery } from '@tanstack/react-query';
import type {
  DeviceDetail,
  DeviceList,
  DeviceOrder,
  DeviceState,
  DeviceWays,
  QuarantinedFix,
} from '@xunfang/geo-data/contract';
import { api, queryClient } from '../connection/index.ts';
import { useBureauSlug } from '../session/index.ts';

export const PAGE_SIZE = 100;
/** Somebody waits for the first message of the device in hand. */
const REFRESH_MS = 2000;
const LIST_REFRESH_MS = 10_000;

export interface DeviceFilter {
  search: string;
  state: DeviceState;
  orderBy: DeviceOrder;
  descending: boolean;
  page: number;
}

/** One page; the one before stays while the next is fetched. */
export function useDevices({ page, ...filter }: DeviceFilter) {
  const bureau = useBureauSlug();
  return useQuery({
    queryKey: ['devices', bureau, filter, page],
    queryFn: ({ signal }) =>
      api.get<DeviceList>('/api/devices', {
        query: { bureau, ...filter, limit: PAGE_SIZE, offset: page * PAGE_SIZE },
        signal,
      }),
    placeholderData: (before) => before,
    refetchInterval: LIST_REFRESH_MS,
  });
}

const deviceQuery = (id: number) =>
  queryOptions({
    queryKey: ['device', id],
    queryFn: ({ signal }) => api.get<DeviceDetail>(`/api/devices/${id}`, { signal }),
  });

const quarantineQuery = (id: number) =>
  queryOptions({
    queryKey: ['device-quarantine', id],
    queryFn: async ({ signal }) =>
      (await api.get<{ fixes: QuarantinedFix[] }>(`/api/devices/${id}/quarantine`, { signal })).fixes,
  });

export const useDevice = (id: number) => useQuery({ ...deviceQuery(id), refetchInterval: REFRESH_MS });

export const useQuarantine = (id: number) => useQuery({ ...quarantineQuery(id), refetchInterval: REFRESH_MS });

/** One refused position and its device, as they were when they were asked for: what is shown on the map stays. */
export function useRefusedFix(deviceId: number, fixId: number) {
  const device = useQuery({ ...deviceQuery(deviceId), staleTime: Number.POSITIVE_INFINITY });
  const fixes = useQuery({ ...quarantineQuery(deviceId), staleTime: Number.POSITIVE_INFINITY });
  return {
    device: device.data?.device,
    fix: fixes.data?.find(({ id }) => id === fixId),
    isPending: device.isPending || fixes.isPending,
    error: device.error ?? fixes.error,
  };
}

export function useDeviceWays() {
  const bureau = useBureauSlug();
  return useQuery({
    queryKey: ['device-ways', bureau],
    queryFn: ({ signal }) => api.get<DeviceWays>('/api/device-ways', { query: { bureau }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** After a change of any device. */
export function refreshDevices(): void {
  for (const key of ['devices', 'device', 'device-quarantine', 'terminals'])
    void queryClient.invalidateQueries({ queryKey: [key] });
}
