import { type AtomShapes, areaParts, UNASSIGNED } from '@xunfang/geo-data/beats';
import { useEffect, useMemo } from 'react';
import { BEAT_LABELS_LAYER, BEATS_LAYER } from '../../beats/index.ts';
import { useBilingual, useMessages } from '../../i18n/index.ts';
import { mapLayers, useLayerVisible, useZoomStep } from '../../map/index.ts';
import { useDisplay } from '../../ui/index.ts';
import { useCompare } from '../compare/compare-store.ts';
import { studioMessages } from '../messages.ts';
import { factorClasses } from '../score/factor-classes.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio, useTool } from '../studio-store.ts';
import { useToolMode } from '../tools/use-tool-mode.ts';
import { atomParts, labelAtoms } from './map-picture.ts';
import { type BeatLabel, labelLayer, planLayers, sketchLayers } from './studio-layers.ts';

const PLAN = 'studio-plan';
const SKETCH = 'studio-sketch';
const LABELS = 'studio-labels';

/** The draft on the map. Drawing follows the session once per frame, past React. */
export function StudioOnMap({ session, editable }: { session: StudioSession; editable: boolean }) {
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  const beat = useStudio((state) => state.beat);
  const tool = useTool(editable);
  const factorShown = useStudio((state) => state.factorShown);
  const changeShown = useStudio((state) => state.changeShown);
  const areasVisible = useLayerVisible(BEATS_LAYER);
  const namesVisible = useLayerVisible(BEAT_LABELS_LAYER);
  const zoom = useZoomStep();
  const t = useMessages(studioMessages);
  const bilingual = useBilingual();
  useToolMode(session, editable);
  const factor = useMemo(() => {
    const column = factorShown && session.factorColumns?.[factorShown];
    return column ? factorClasses(column, session.ground.atoms.areaKm2) : null;
  }, [factorShown, session]);

  useEffect(() => {
    const { atoms, baseBeatOfAtom } = session.ground;
    let frame = 0;
    let labelled: { at: object; labels: BeatLabel[] } | null = null;
    const labelsOf = (): BeatLabel[] => {
      // Names stay where they are while a hand paints.
      const { picture: view } = session;
      if (labelled?.at === view) return labelled.labels;
      const places = labelAtoms(atoms, view.beatOfAtom, view.beats);
      const sizes = new Uint32Array(view.beats.length);
      for (const key of view.beatOfAtom) if (key !== UNASSIGNED) sizes[key]++;
      const labels = view.beats.flatMap((one, key) => {
        const atom = places[key];
        if (atom === null || one.removed) return [];
        const locked = one.locked || view.zones[one.zone]?.locked ? ` · ${t('lockedShort')}` : '';
        const text = `${bilingual(one.name)}${locked}`;
        return [{ key, text, lon: atoms.lon[atom], lat: atoms.lat[atom], priority: sizes[key] }];
      });
      labelled = { at: view, labels };
      return labels;
    };
    const drawPlan = (shapes: AtomShapes) => {
      const { shown, picture: view } = session;
      const changed: number[] = [];
      if (changeShown)
        for (let atom = 0; atom < atoms.count; atom++) {
          const number = view.beats[shown[atom]]?.number ?? UNASSIGNED;
          if (number !== baseBeatOfAtom[atom]) changed.push(atom);
        }
      const { swipeLon, other, marked } = useCompare.getState();
      const layers = areasVisible
        ? planLayers({
            session,
            shapes,
            parts: atomParts(shapes),
            tick: useStudio.getState().tag,
            beat,
            factor,
            // Counted with every frame: a cut is seen while the hand makes it.
            torn: new Set(areaParts(session.links, shown, view.beats.length).strays.flat()),
            changed,
            marked,
            swipe: swipeLon !== null && other ? { other, lon: swipeLon } : null,
            pickable: tool === 'select',
            grid: tool !== 'select',
            scale,
            theme,
          })
        : [];
      mapLayers.set(PLAN, 'beats', layers, {
        onClick: ({ coordinate }) => {
          if (coordinate) useStudio.setState({ beat: session.beatAt(coordinate[0], coordinate[1]) });
        },
      });
      mapLayers.set(LABELS, 'labels', namesVisible ? [labelLayer(labelsOf(), zoom, scale, theme)] : []);
    };
    let planIsOld = true;
    const draw = () => {
      frame = 0;
      const { shapes } = session;
      if (!shapes) return;
      if (planIsOld) drawPlan(shapes);
      planIsOld = false;
      const { pointers } = useStudio.getState();
      mapLayers.set(SKETCH, 'selection', sketchLayers({ sketch: session.sketch, shapes, pointers, scale, theme }));
    };
    const soon = (what: 'plan' | 'sketch') => {
      planIsOld ||= what === 'plan';
      frame ||= requestAnimationFrame(draw);
    };
    soon('plan');
    const stops = [session.onPaint(soon), useCompare.subscribe(() => soon('plan'))];
    return () => {
      for (const stop of stops) stop();
      cancelAnimationFrame(frame);
    };
  }, [session, scale, theme, beat, tool, factor, changeShown, areasVisible, namesVisible, zoom, bilingual, t]);
  useEffect(
    () => () => {
      for (const owner of [PLAN, SKETCH, LABELS]) mapLayers.remove(owner);
    },
    [],
  );
  return null;
}
