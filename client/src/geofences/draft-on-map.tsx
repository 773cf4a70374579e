import type { FenceFault } from '@xunfang/geo-data/geofences';
import { useEffect, useState } from 'react';
import { useMessages } from '../i18n/index.ts';
import { mapCamera, mapGestures, mapLayers } from '../map/index.ts';
import { type Hotkey, useDisplay, useHotkeys } from '../ui/index.ts';
import { editDraft, undoDraft, useFenceEditor } from './draft-store.ts';
import { addCorner, chooseNext, dropRing, finishRing, moveCorner, removeChosen } from './fence-draft.ts';
import { fenceDrawing } from './fence-drawing.ts';
import { draftLayers } from './geofence-layers.ts';
import { geofenceMessages } from './messages.ts';

const OWNER = 'fence-draft';
const NUDGE_PX = 4;
const ARROWS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] } as const;

interface DraftOnMapProps {
  fault: FenceFault | undefined;
  onLeave: () => void;
}

/** Draws the fence being drawn, and gives it the pointer and the keys. */
export function DraftOnMap({ fault, onLeave }: DraftOnMapProps) {
  const draft = useFenceEditor((state) => state.draft);
  const [pointerAt, setPointerAt] = useState<[number, number] | null>(null);
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  const drawable = draft !== null;
  useEffect(() => {
    if (!drawable) return;
    mapGestures.take(
      fenceDrawing(({ lon, lat }) => {
        if (useFenceEditor.getState().draft?.drawing !== null) setPointerAt([lon, lat]);
      }),
    );
    return () => mapGestures.take(null);
  }, [drawable]);
  useEffect(() => {
    if (!draft) return;
    const faultAt = fault?.at ? ([...fault.at] as [number, number]) : null;
    mapLayers.set(OWNER, 'selection', draftLayers({ draft, pointer: pointerAt, faultAt, scale, theme }));
  }, [draft, pointerAt, fault, scale, theme]);
  useEffect(() => () => mapLayers.remove(OWNER), []);
  useHotkeys(useDrawingKeys(onLeave));
  return null;
}

function useDrawingKeys(onLeave: () => void): Hotkey[] {
  const t = useMessages(geofenceMessages);
  const draft = useFenceEditor((state) => state.draft);
  const group = 'workspace';
  // A half-drawn ring goes first, the editor after it.
  const leave = () => {
    const halfDrawn = draft !== null && draft.drawing !== null && draft.rings[draft.drawing].length > 0;
    if (halfDrawn) editDraft(dropRing);
    else onLeave();
  };
  const keys: Hotkey[] = [
    { keys: 'Escape', label: () => t('keyLeave'), group, run: leave },
    { keys: 'mod+z', label: () => t('keyUndo'), group, run: undoDraft },
  ];
  if (draft === null) return keys;
  if (draft.drawing === null)
    keys.push(
      { keys: '.', label: () => t('keyNext'), group, run: () => editDraft((before) => chooseNext(before, 1)) },
      { keys: ',', label: () => t('keyBefore'), group, run: () => editDraft((before) => chooseNext(before, -1)) },
    );
  else
    keys.push(
      { keys: 'Enter', label: () => t('keyFinish'), group, run: () => editDraft(finishRing) },
      { keys: 'Backspace', label: () => t('keyUndo'), group, run: undoDraft },
      { keys: ' ', label: () => t('keyCentre'), group, run: addAtCentre },
    );
  if (draft.chosen !== null) {
    keys.push({ keys: 'Delete', label: () => t('keyDelete'), group, run: () => editDraft(removeChosen) });
    for (const [key, [east, north]] of Object.entries(ARROWS))
      keys.push({ keys: key, label: () => t('keyNudge'), group, run: () => nudge(east, north) });
  }
  return keys;
}

function addAtCentre(): void {
  const view = mapCamera.view();
  if (view) editDraft((before) => addCorner(before, [view.lon, view.lat]));
}

function nudge(east: number, north: number): void {
  const view = mapCamera.view();
  if (!view) return;
  const degreesPerPixel = 360 / (512 * 2 ** view.zoom);
  editDraft((before) => {
    const { chosen } = before;
    if (chosen === null) return before;
    const [lon, lat] = before.rings[chosen.ring][chosen.corner];
    const step = NUDGE_PX * degreesPerPixel;
    const shrink = Math.cos((lat * Math.PI) / 180);
    return moveCorner(before, chosen.ring, chosen.corner, [lon + east * step, lat + north * step * shrink]);
  });
}
