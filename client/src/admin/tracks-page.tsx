import { useMutation, useQuery } from '@tanstack/react-query';
import type { TrackArchive, TrackStorage } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { api, queryClient } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { formatBytes } from '../imports/index.ts';
import { useHasRole } from '../session/index.ts';
import { Button, ConfirmDialog, ErrorState, FigureRows, SkeletonRows, Tag, toast } from '../ui/index.ts';
import styles from './admin.module.css';
import { AdminTable } from './admin-table.tsx';

import { trackAdminMessages } from './track-messages.ts';
import { TrackPolicyForm } from './track-policy-form.tsx';

export const TRACK_STORAGE_KEY = ['track-storage'];

/** How long tracks stay in the database, what lies in the archive, and the way back. */
export function TracksPage() {
  const t = useMessages(trackAdminMessages);
  const query = useQuery({
    queryKey: TRACK_STORAGE_KEY,
    queryFn: ({ signal }) => api.get<TrackStorage>('/api/track-archives', { signal }),
  });
  if (query.isPending) return <SkeletonRows />;
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <div className={styles.heading}>
        <h2>{t('title')}</h2>
      </div>
      <TrackPolicyForm policy={query.data.policy} />
      <Online storage={query.data} />
      <Archives query={query} archives={query.data.archives} />
    </>
  );
}

function Online({ storage: { online, lastRun, archives } }: { storage: TrackStorage }) {
  const t = useMessages(trackAdminMessages);
  const format = useFormat();
  const archivedBytes = archives.reduce((sum, { bytes }) => sum + bytes, 0);
  const days = t('onlineDays', { count: online.days });
  return (
    <>
      <div className={styles.figures}>
        <FigureRows
          rows={[
            {
              label: t('online'),
              value: online.oldestDay ? `${days} · ${t('onlineSince', { day: online.oldestDay })}` : days,
            },
            { label: t('rows'), value: format.number(online.rows) },
            { label: t('size'), value: formatBytes(online.bytes, format.number) },
            { label: t('archived'), value: formatBytes(archivedBytes, format.number) },
            {
              label: t('lastRun'),
              value: lastRun
                ? `${format.instant(lastRun.at)} · ${t('runResult', { count: lastRun.archivedDays })}`
                : t('never'),
            },
            {
              label: t('deletedThen'),
              value: lastRun
                ? t('deleted', {
                    crossings: format.number(lastRun.deletedCrossings),
                    alarms: format.number(lastRun.deletedAlarms),
                  })
                : '—',
            },
          ]}
        />
      </div>
      {lastRun?.failures.map(({ day, reason }) => (
        <div key={day} className={styles.alert} role="alert">
          {t('failure', { day, reason })}
        </div>
      ))}
      {lastRun?.recordFailure ? (
        <div className={styles.alert} role="alert">
          {t('recordFailure', { reason: lastRun.recordFailure })}
        </div>
      ) : null}
    </>
  );
}

function Archives({
  query,
  archives,
}: {
  query: { error: unknown; isPending: boolean; refetch: () => unknown };
  archives: readonly TrackArchive[];
}) {
  const t = useMessages(trackAdminMessages);
  const format = useFormat();
  const mayChange = useHasRole('admin');
  return (
    <AdminTable
      query={query}
      rows={archives}
      keyOf={({ day, part }) => Number(day.replaceAll('-', '')) * 1000 + part}
      empty={t('noArchives')}
      emptyDetail={t('noArchivesDetail')}
      columns={[
        { key: 'day', title: t('day'), cell: ({ day }) => day, sortBy: ({ day }) => day },
        { key: 'part', title: t('part'), numeric: true, cell: ({ part }) => part },
        {
          key: 'rows',
          title: t('rows'),
          numeric: true,
          cell: ({ rows }) => format.number(rows),
          sortBy: ({ rows }) => rows,
        },
        {
          key: 'size',
          title: t('size'),
          numeric: true,
          cell: ({ bytes }) => formatBytes(bytes, format.number),
          sortBy: ({ bytes }) => bytes,
        },
        {
          key: 'file',
          title: t('file'),
          cell: ({ file, contentSha256 }) => (
            <code className={styles.detail} title={`SHA-256 ${contentSha256}`}>
              {file}
            </code>
          ),
        },
        { key: 'archivedAt', title: t('archivedAt'), cell: ({ archivedAt }) => format.instant(archivedAt) },
        {
          key: 'state',
          title: t('state'),
          cell: ({ restoredUntil }) =>
            restoredUntil ? (
              <Tag>{t('restoredUntil', { time: format.instant(restoredUntil) })}</Tag>
            ) : (
              <span className={styles.muted}>{t('inArchive')}</span>
            ),
        },
        {
          key: 'actions',
          title: '',
          numeric: true,
          cell: (archive) => (archive.restoredUntil || !mayChange ? null : <RestoreButton archive={archive} />),
        },
      ]}
    />
  );
}

function RestoreButton({ archive: { day, part, rows } }: { archive: TrackArchive }) {
  const t = useMessages(trackAdminMessages);
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const restore = useMutation({
    mutationFn: () => api.post(`/api/track-archives/${day}/${part}/restoration`),
    onSuccess: () => toast(t('restored', { day })),
    onError: (failure) => toast(failure.message, { tone: 'error' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: TRACK_STORAGE_KEY }),
  });
  return (
    <>
      <Button small disabled={restore.isPending} onClick={() => setAsking(true)}>
        {restore.isPending ? t('restoring') : t('restore')}
      </Button>
      {asking ? (
        <ConfirmDialog
          title={t('restoreTitle', { day })}
          confirmLabel={t('restore')}
          onConfirm={() => restore.mutate()}
          onClose={() => setAsking(false)}
        >
          {t('restoreDetail', { rows: format.number(rows) })}
        </ConfirmDialog>
      ) : null}
    </>
  );
}
