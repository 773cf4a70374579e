import { useEffect } from 'react';
import { useHotspotFilters } from '../hotspots/index.ts';
import { mapLayers } from '../map/index.ts';
import { useDisplay } from '../ui/index.ts';
import { useReplayBlock, useSlidingCounts } from './replay-block.ts';
import { useReplayClock } from './replay-clock.ts';
import { cellsLayer, pointsLayer } from './replay-layers.ts';
import { moveWindow } from './sliding-counts.ts';

/** Draws the window of the replay: cells by count, and the newest incidents as points. */
export function ReplayOnMap() {
  const { resolution } = useHotspotFilters();
  const { data: columns } = useReplayBlock();
  const sliding = useSlidingCounts(columns, resolution);
  const active = useReplayClock((state) => state.active);
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  useEffect(() => {
    if (!active || !columns || !sliding) return;
    const draw = () => {
      const { cursorSeconds, windowSeconds } = useReplayClock.getState();
      moveWindow(sliding, columns, cursorSeconds - windowSeconds, cursorSeconds);
      mapLayers.set('replay-cells', 'hotspots', [cellsLayer(sliding)]);
      mapLayers.set('replay-points', 'incidents', [pointsLayer(columns, sliding, scale)]);
    };
    draw();
    const stop = useReplayClock.subscribe((state, before) => {
      if (state.cursorSeconds !== before.cursorSeconds || state.windowSeconds !== before.windowSeconds) draw();
    });
    return () => {
      stop();
      mapLayers.remove('replay-cells');
      mapLayers.remove('replay-points');
    };
    // The theme decides the colours drawn with.
  }, [active, columns, sliding, scale, theme]);
  return null;
}
