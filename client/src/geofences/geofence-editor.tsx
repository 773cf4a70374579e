import type { Geofence, GeofenceKind } from '@xunfang/geo-data/contract';
import { GEOFENCE_KINDS } from '@xunfang/geo-data/contract';
import { findFenceFault } from '@xunfang/geo-data/geofences';
import { useState } from 'react';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { Button, ConfirmDialog, ErrorState, Panel, PanelSection, Segmented, TextField, toast } from '../ui/index.ts';
import { DraftOnMap } from './draft-on-map.tsx';
import { changeFields, editDraft, stopEditing, undoDraft, useFenceEditor } from './draft-store.ts';
import { areaOf, EMPTY_DRAFT, finishRing, removeHole, startHole } from './fence-draft.ts';
import { FenceHours } from './fence-hours.tsx';
import { FenceUnits } from './fence-units.tsx';
import { useSaveGeofence } from './geofence-queries.ts';
import styles from './geofences.module.css';
import { geofenceMessages } from './messages.ts';
import { showFence } from './show-fence.ts';

/** Draws or changes a fence: the border on the map, everything else here. */
export function GeofenceEditor({ fence }: { fence: Geofence | 'new' }) {
  const t = useMessages(geofenceMessages);
  const bilingual = useBilingual();
  const save = useSaveGeofence();
  const draft = useFenceEditor((state) => state.draft);
  const stepCount = useFenceEditor((state) => state.history.length);
  const fields = useFenceEditor((state) => state.fields);
  const touched = useFenceEditor((state) => state.touched);
  const [asking, setAsking] = useState(false);
  const area = draft === null ? (fence === 'new' ? null : fence.area) : areaOf(draft);
  const fault = area === null ? undefined : findFenceFault(area);
  const half = draft !== null && draft.drawing !== null && draft.drawing > 0;
  const leave = () => (touched || stepCount > 0 ? setAsking(true) : stopEditing());
  const submit = () => {
    if (area === null) return;
    save.mutate(
      { before: fence, input: { ...fields, area } },
      {
        onSuccess: (saved) => {
          stopEditing();
          showFence(saved);
          toast(t('saved', { name: bilingual(saved.name) }), { tone: 'done' });
        },
      },
    );
  };
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <DraftOnMap fault={fault} onLeave={leave} />
      <Panel
        title={fence === 'new' ? t('newTitle') : t('editTitle')}
        footer={
          <div className={styles.actions}>
            <Button onClick={leave}>{t('cancel')}</Button>
            <Button
              type="submit"
              tone="primary"
              disabled={area === null || fault !== undefined || half || save.isPending || fields.name.zh.trim() === ''}
            >
              {t('save')}
            </Button>
          </div>
        }
      >
        <PanelSection>
          <DrawingTools />
          {area === null && draft?.drawing === null ? <p className={styles.fault}>{t('needArea')}</p> : null}
          {fault ? (
            <p className={styles.fault} role="alert">
              {t(fault.code)}
            </p>
          ) : null}
        </PanelSection>
        <PanelSection>
          <div className={styles.fields}>
            <TextField
              label={t('nameZh')}
              value={fields.name.zh}
              maxLength={80}
              required
              onChange={({ target }) => changeFields({ name: { ...fields.name, zh: target.value } })}
            />
            <TextField
              label={t('nameEn')}
              value={fields.name.en}
              maxLength={80}
              onChange={({ target }) => changeFields({ name: { ...fields.name, en: target.value } })}
            />
            <Segmented<GeofenceKind>
              label={t('kind')}
              value={fields.kind}
              options={GEOFENCE_KINDS.map((kind) => ({ value: kind, label: t(kind) }))}
              onChange={(kind) => changeFields({ kind })}
            />
            <p className={styles.note}>{t(`${fields.kind}Hint`)}</p>
            <TextField
              label={`${t('margin')} (${t('marginUnit')})`}
              hint={t('marginHint')}
              type="number"
              min={5}
              max={500}
              value={fields.marginMeters}
              onChange={({ target }) => changeFields({ marginMeters: target.valueAsNumber || 0 })}
            />
            <TextField
              label={`${t('confirm')} (${t('confirmUnit')})`}
              hint={t('confirmHint')}
              type="number"
              min={0}
              max={600}
              step={1}
              value={fields.confirmSeconds}
              onChange={({ target }) => changeFields({ confirmSeconds: target.valueAsNumber || 0 })}
            />
            <FenceUnits kinds={fields.unitKinds} unitIds={fields.unitIds} onChange={changeFields} />
            <FenceHours windows={fields.windows} onChange={(windows) => changeFields({ windows })} />
          </div>
          {save.error ? <ErrorState error={save.error} /> : null}
        </PanelSection>
      </Panel>
      {asking ? (
        <ConfirmDialog
          title={t('discardTitle')}
          confirmLabel={t('discard')}
          onConfirm={stopEditing}
          onClose={() => setAsking(false)}
        >
          {t('discardText')}
        </ConfirmDialog>
      ) : null}
    </form>
  );
}

function DrawingTools() {
  const t = useMessages(geofenceMessages);
  const draft = useFenceEditor((state) => state.draft);
  const stepCount = useFenceEditor((state) => state.history.length);
  if (draft === null) return <p className={styles.note}>{t('manyParts')}</p>;
  const { drawing, rings } = draft;
  return (
    <>
      <p>{drawing === null ? t('editing') : drawing === 0 ? t('drawing') : t('drawingHole')}</p>
      <p className={styles.note}>{t('keysHint')}</p>
      <div className={styles.actions}>
        <Button small icon="undo" disabled={stepCount === 0} onClick={undoDraft}>
          {t('undo')}
        </Button>
        {drawing === null ? (
          <>
            <Button small icon="plus" onClick={() => editDraft(startHole)}>
              {t('addHole')}
            </Button>
            <Button small onClick={() => editDraft(() => EMPTY_DRAFT)}>
              {t('redraw')}
            </Button>
            {rings.slice(1).map((_, i) => (
              // Holes have no other name than their place in the list.
              <Button key={i} small icon="trash" onClick={() => editDraft((before) => removeHole(before, i + 1))}>
                {t('removeHole', { number: i + 1 })}
              </Button>
            ))}
          </>
        ) : (
          <Button small icon="check" disabled={rings[drawing].length < 3} onClick={() => editDraft(finishRing)}>
            {t('finish')}
          </Button>
        )}
      </div>
    </>
  );
}
