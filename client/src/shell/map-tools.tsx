import { useMessages } from '../i18n/index.ts';
import { mapCamera, mapMessages, setLayerVisible, useLayerVisible } from '../map/index.ts';
import { useBureau } from '../session/index.ts';
import { ErrorBoundary, IconButton, Switch, useDisplay } from '../ui/index.ts';
import styles from './map-tools.module.css';
import { toggleLayers, usePanelLayout } from './panel-layout.ts';
import type { LayerSwitch, Workspace } from './workspace.ts';
import { useWorkspaceParts } from './workspace-slot.tsx';

/** Zoom, whole bureau, and the layers with their legends. On a wall only the legends remain. */
export function MapTools({ workspace }: { workspace: Workspace }) {
  const t = useMessages(mapMessages);
  const bureau = useBureau();
  const wall = useDisplay((state) => state.wall);
  const layersOpen = usePanelLayout((state) => state.layersOpen);
  const { layerSwitches = [] } = useWorkspaceParts(workspace);
  const hasLayers = layerSwitches.length > 0;
  return (
    <div className={styles.tools}>
      {wall ? null : (
        <div className={styles.buttons}>
          {hasLayers ? (
            <IconButton icon="layers" label={t('layers')} pressed={layersOpen} onClick={toggleLayers} />
          ) : null}
          <IconButton icon="plus" label={t('zoomIn')} onClick={() => mapCamera.zoomBy(1)} />
          <IconButton icon="minus" label={t('zoomOut')} onClick={() => mapCamera.zoomBy(-1)} />
          <IconButton icon="fit" label={t('fit')} onClick={() => mapCamera.fitBounds(bureau.bounds)} />
        </div>
      )}
      {hasLayers && (layersOpen || wall) ? (
        <section className={`${styles.layers} ${wall ? styles.wall : ''}`} aria-label={t('layersTitle')}>
          {wall ? null : <h2 className={styles.title}>{t('layersTitle')}</h2>}
          {layerSwitches.map((item) => (
            <LayerLine key={item.id} item={item} wall={wall} />
          ))}
        </section>
      ) : null}
    </div>
  );
}

function LayerLine({ item, wall }: { item: LayerSwitch; wall: boolean }) {
  const visible = useLayerVisible(item.id, item.visibleAtFirst ?? true);
  const { Label, Legend } = item;
  if (wall && (!visible || !Legend)) return null;
  return (
    <div className={styles.switch}>
      {wall ? null : (
        <Switch label={<Label />} checked={visible} onChange={(checked) => setLayerVisible(item.id, checked)} />
      )}
      {visible && Legend ? (
        <div className={styles.legend}>
          <ErrorBoundary>
            <Legend />
          </ErrorBoundary>
        </div>
      ) : null}
    </div>
  );
}
