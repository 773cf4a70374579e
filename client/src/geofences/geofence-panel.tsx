import type { Geofence } from '@xunfang/geo-data/contract';
import { useAlarmedFences } from '../alarms/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { Button, EmptyState, ErrorState, Panel, SkeletonRows, Tag, useSelectedId, VirtualList } from '../ui/index.ts';
import { startEditing, useFenceEditor } from './draft-store.ts';
import { FenceMark } from './fence-mark.tsx';
import { GeofenceEditor } from './geofence-editor.tsx';
import { useGeofences, useMayDraw } from './geofence-queries.ts';
import styles from './geofences.module.css';
import { geofenceMessages } from './messages.ts';
import { showFence } from './show-fence.ts';

/** The bureau's fences, and where a supervisor draws them. */
export function GeofencePanel() {
  const editing = useFenceEditor((state) => state.editing);
  return editing === null ? <FenceList /> : <GeofenceEditor key={editing === 'new' ? 0 : editing.id} fence={editing} />;
}

function FenceList() {
  const t = useMessages(geofenceMessages);
  const { data, error, isPending, refetch } = useGeofences();
  const mayDraw = useMayDraw();
  const selectedId = useSelectedId('geofence');
  const alarmed = useAlarmedFences();
  const create = (
    <Button tone="primary" icon="plus" onClick={() => startEditing('new')}>
      {t('create')}
    </Button>
  );
  return (
    <Panel title={t('geofences')} count={data?.length} footer={mayDraw && data && data.length > 0 ? create : null}>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <SkeletonRows rows={6} />
      ) : data.length === 0 ? (
        <EmptyState title={t('none')} action={mayDraw ? create : null}>
          {t('noneHint')} {mayDraw ? null : t('noneReader')}
        </EmptyState>
      ) : (
        <VirtualList
          label={t('geofences')}
          items={data}
          keyOf={(fence) => fence.id}
          rowHeight={50}
          selectedKey={selectedId}
          onSelect={showFence}
          renderRow={(fence) => <FenceRow fence={fence} alarmed={alarmed.has(fence.id)} />}
        />
      )}
    </Panel>
  );
}

function FenceRow({ fence, alarmed }: { fence: Geofence; alarmed: boolean }) {
  const t = useMessages(geofenceMessages);
  const name = useBilingual();
  return (
    <div className={styles.row}>
      <FenceMark kind={fence.kind} alarmed={alarmed} />
      <span className={styles.name}>{name(fence.name)}</span>
      {fence.active ? <span>{t(fence.kind)}</span> : <Tag dashed>{t('inactive')}</Tag>}
      <span className={styles.sub}>
        {fence.inside.length === 0
          ? t('insideNone')
          : `${t('insideCount', { count: fence.inside.length })} · ${fence.inside.map(({ callSign }) => callSign).join(' ')}`}
      </span>
    </div>
  );
}
