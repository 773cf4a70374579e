import { useMutation, useQuery } from '@tanstack/react-query';
import type { Terminal, Terminals } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useFormat, useNow } from '../clock/index.ts';
import { api, queryClient } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useBureauSlug } from '../session/index.ts';
import {
  Button,
  DataTable,
  EmptyState,
  ErrorState,
  RelativeTime,
  SelectField,
  SkeletonRows,
  Tag,
  toast,
} from '../ui/index.ts';
import { AcceptTerminal } from './accept-terminal.tsx';
import { useDeviceWays } from './device-queries.ts';
import { openDevice } from './device-words.ts';
import styles from './devices.module.css';
import { deviceMessages } from './messages.ts';

const MINUTES = [5, 10, 30, 60] as const;
/** Somebody stands at the car and waits. */
const REFRESH_MS = 2000;

const terminalsKey = (bureau: string) => ['terminals', bureau];

/** JT/T 808 terminals that ask to register while the window is open: accepted one by one, or refused. */
export function TerminalsPage() {
  const t = useMessages(deviceMessages);
  const bureau = useBureauSlug();
  const { data: ways } = useDeviceWays();
  const [accepting, setAccepting] = useState<Terminal | null>(null);
  const query = useQuery({
    queryKey: terminalsKey(bureau),
    queryFn: ({ signal }) => api.get<Terminals>('/api/terminals', { query: { bureau }, signal }),
    refetchInterval: REFRESH_MS,
  });
  if (query.isPending) return <SkeletonRows rows={8} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { openUntil, terminals } = query.data;
  return (
    <>
      <div className={styles.heading}>
        <h2>{t('terminals')}</h2>
      </div>
      <WindowControls openUntil={openUntil} />
      {ways?.jt808Port === null ? <p className={styles.warning}>{t('portOff')}</p> : null}
      {terminals.length > 0 ? (
        <TerminalTable terminals={terminals} onAccept={setAccepting} />
      ) : openUntil === null ? (
        <EmptyState title={t('windowClosed')}>{t('windowDetail')}</EmptyState>
      ) : (
        <EmptyState title={t('noTerminals')}>
          {typeof ways?.jt808Port === 'number'
            ? t('noTerminalsDetail', { host: window.location.hostname, port: ways.jt808Port })
            : null}
        </EmptyState>
      )}
      {accepting ? <AcceptTerminal terminal={accepting} onClose={() => setAccepting(null)} /> : null}
    </>
  );
}

function WindowControls({ openUntil }: { openUntil: string | null }) {
  const t = useMessages(deviceMessages);
  const bureau = useBureauSlug();
  const [minutes, setMinutes] = useState<number>(10);
  const change = useMutation({
    mutationFn: (open: boolean) =>
      open
        ? api.post<Terminals>('/api/terminals/window', { minutes }, { query: { bureau } })
        : api.delete<Terminals>('/api/terminals/window', { query: { bureau } }),
    onSuccess: (terminals) => queryClient.setQueryData(terminalsKey(bureau), terminals),
    onError: (failure) => toast(failure.message, { tone: 'error' }),
  });
  if (openUntil !== null)
    return (
      <div className={styles.window}>
        <OpenUntil until={openUntil} />
        <Button disabled={change.isPending} onClick={() => change.mutate(false)}>
          {t('closeWindow')}
        </Button>
      </div>
    );
  return (
    <div className={styles.window}>
      <SelectField
        label={<span className="visually-hidden">{t('openFor')}</span>}
        value={minutes}
        onChange={(event) => setMinutes(Number(event.target.value))}
      >
        {MINUTES.map((count) => (
          <option key={count} value={count}>
            {t('minutes', { count })}
          </option>
        ))}
      </SelectField>
      <Button tone="primary" disabled={change.isPending} onClick={() => change.mutate(true)}>
        {t('openWindow')}
      </Button>
    </div>
  );
}

interface TerminalTableProps {
  terminals: readonly Terminal[];
  onAccept: (terminal: Terminal) => void;
}

function TerminalTable({ terminals, onAccept }: TerminalTableProps) {
  const t = useMessages(deviceMessages);
  const format = useFormat();
  return (
    <div className={styles.table}>
      <DataTable
        rows={terminals}
        keyOf={({ phone, terminalId }) => `${phone} ${terminalId}`}
        columns={[
          {
            key: 'phone',
            title: t('phone'),
            cell: ({ phone }) => <strong className={styles.name}>{phone}</strong>,
            sortBy: ({ phone }) => phone,
          },
          { key: 'terminalId', title: t('terminalId'), cell: ({ terminalId }) => terminalId || '—' },
          {
            key: 'model',
            title: t('model'),
            cell: ({ manufacturer, model }) => [manufacturer, model].filter(Boolean).join(' · ') || '—',
          },
          { key: 'from', title: t('from'), cell: ({ address }) => address },
          { key: 'times', title: t('knocks'), numeric: true, cell: ({ times }) => format.number(times) },
          { key: 'lastAt', title: t('lastAsked'), cell: ({ lastAt }) => <RelativeTime at={lastAt} /> },
          { key: 'state', title: t('state'), cell: (terminal) => <State terminal={terminal} /> },
          {
            key: 'actions',
            title: '',
            numeric: true,
            cell: (terminal) => <Actions terminal={terminal} onAccept={onAccept} />,
          },
        ]}
      />
    </div>
  );
}

function State({ terminal: { state, callSign, deviceId } }: { terminal: Terminal }) {
  const t = useMessages(deviceMessages);
  const unit = deviceId === null ? '' : ` · ${callSign ?? t('noUnit')}`;
  if (state === 'waiting') return <Tag tone="warn">{t('waiting')}</Tag>;
  if (state === 'refused') return <span className={styles.muted}>{t('refusedTerminal')}</span>;
  return <Tag>{`${t(state === 'accepted' ? 'acceptedTerminal' : 'enrolled')}${unit}`}</Tag>;
}

function Actions({ terminal, onAccept }: { terminal: Terminal; onAccept: (terminal: Terminal) => void }) {
  const t = useMessages(deviceMessages);
  const bureau = useBureauSlug();
  const { phone, terminalId, state, deviceId } = terminal;
  const refuse = useMutation({
    mutationFn: (refused: boolean) =>
      api.post<Terminals>('/api/terminals/refusal', { phone, terminalId, refused }, { query: { bureau } }),
    onSuccess: (terminals, refused) => {
      queryClient.setQueryData(terminalsKey(bureau), terminals);
      if (refused) toast(t('refusedToast', { phone }), { undo: () => refuse.mutate(false) });
    },
    onError: (failure) => toast(failure.message, { tone: 'error' }),
  });
  return (
    <span className={styles.actions}>
      {deviceId !== null && state !== 'waiting' && state !== 'refused' ? (
        <Button small onClick={() => openDevice(deviceId)}>
          {t('viewDevice')}
        </Button>
      ) : (
        <>
          <Button small onClick={() => onAccept(terminal)}>
            {t('accept')}
          </Button>
          {state === 'waiting' ? (
            <Button small disabled={refuse.isPending} onClick={() => refuse.mutate(true)}>
              {t('refuse')}
            </Button>
          ) : null}
        </>
      )}
    </span>
  );
}

function OpenUntil({ until }: { until: string }) {
  const t = useMessages(deviceMessages);
  const format = useFormat();
  const seconds = Math.max(0, Math.round((Date.parse(until) - useNow()) / 1000));
  const left = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return <span>{t('windowOpen', { time: format.instant(until, 'seconds'), left })}</span>;
}
