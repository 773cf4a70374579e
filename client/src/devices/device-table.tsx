import type { Device, DeviceOrder } from '@xunfang/geo-data/contract';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { DataTable, type TableColumn, Tag } from '../ui/index.ts';
import { isSpokenBy, systemName, useProtocolName, useReasonCounts } from './device-words.ts';
import styles from './devices.module.css';
import { LastSeen } from './last-seen.tsx';
import { deviceMessages } from './messages.ts';

interface Order {
  orderBy: DeviceOrder;
  descending: boolean;
}
interface DeviceTableProps {
  devices: readonly Device[];
  order: Order;
  onOrder: (order: Order) => void;
  onOpen: (id: number) => void;
}

/** One page of devices. The server sorts: the page is a part of a longer list. */
export function DeviceTable({ devices, order, onOrder, onOpen }: DeviceTableProps) {
  const t = useMessages(deviceMessages);
  const format = useFormat();
  const columns: (Omit<TableColumn<Device>, 'title' | 'sortBy'> & { title: string; orderBy?: DeviceOrder })[] = [
    {
      key: 'identifier',
      title: t('identifier'),
      orderBy: 'identifier',
      cell: ({ identifier }) => <strong className={styles.name}>{identifier}</strong>,
    },
    { key: 'protocol', title: t('protocol'), orderBy: 'protocol', cell: (device) => <Protocol device={device} /> },
    {
      key: 'unit',
      title: t('unit'),
      orderBy: 'callSign',
      cell: ({ callSign }) => callSign ?? <span className={styles.muted}>{t('noUnit')}</span>,
    },
    {
      key: 'lastSeen',
      title: t('lastSeen'),
      orderBy: 'lastSeenAt',
      cell: (device) => (device.revoked ? <Tag>{t('revoked')}</Tag> : <LastSeen device={device} />),
    },
    {
      key: 'messages',
      title: t('messages'),
      numeric: true,
      orderBy: 'messages',
      cell: ({ messages }) => format.number(messages),
    },
    {
      key: 'accepted',
      title: t('accepted'),
      numeric: true,
      orderBy: 'accepted',
      cell: ({ accepted }) => format.number(accepted),
    },
    {
      key: 'refused',
      title: t('refused'),
      numeric: true,
      orderBy: 'refused',
      cell: ({ refused }) => <span className={refused > 0 ? undefined : styles.muted}>{format.number(refused)}</span>,
    },
    { key: 'reason', title: t('reason'), cell: (device) => <Reasons device={device} /> },
    {
      key: 'system',
      title: t('coordinateSystem'),
      cell: ({ coordinateSystem, suspectedSystem }) => (
        <span className={styles.together}>
          {systemName(coordinateSystem)}
          {suspectedSystem ? <Tag tone="warn">{t('suspected', { system: systemName(suspectedSystem) })}</Tag> : null}
        </span>
      ),
    },
  ];
  const first = columns.find((column) => column.orderBy === order.orderBy);
  return (
    <div className={styles.table}>
      <DataTable
        columns={columns}
        rows={devices}
        keyOf={(device) => device.id}
        order={first ? { key: first.key, descending: order.descending } : null}
        onOrder={(key) => {
          const orderBy = columns.find((column) => column.key === key)?.orderBy;
          // Who wants the most refused or the last heard wants them first.
          const largestFirst = orderBy !== 'identifier' && orderBy !== 'callSign' && orderBy !== 'protocol';
          const descending = orderBy === order.orderBy ? !order.descending : largestFirst;
          if (orderBy) onOrder({ orderBy, descending });
        }}
        isOrdered={(key) => columns.some((column) => column.key === key && column.orderBy !== undefined)}
        nameOf={(device) => t('open', { name: device.identifier })}
        onSelect={(device) => onOpen(device.id)}
      />
    </div>
  );
}

function Protocol({ device: { protocol, lastProtocol } }: { device: Device }) {
  const t = useMessages(deviceMessages);
  const name = useProtocolName();
  if (protocol === null && lastProtocol !== null) return name(lastProtocol);
  return (
    <span className={protocol === null ? styles.muted : styles.together}>
      {name(protocol)}
      {isSpokenBy(protocol, lastProtocol) ? null : (
        <Tag tone="warn">{t('speaksOther', { protocol: name(lastProtocol) })}</Tag>
      )}
    </span>
  );
}

/** The commonest reason in words; all of them stand on the device's page. */
function Reasons({ device: { refusedByReason } }: { device: Device }) {
  const written = useReasonCounts()(Object.entries(refusedByReason));
  return (
    <span className={styles.reasons} title={written.join('\n')}>
      {written.slice(0, 1).join()}
      {written.length > 1 ? ` +${written.length - 1}` : ''}
    </span>
  );
}
