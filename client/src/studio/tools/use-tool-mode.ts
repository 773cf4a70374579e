import { useEffect } from 'react';
import { mapGestures } from '../../map/index.ts';
import type { StudioSession } from '../studio-session.ts';
import { useTool } from '../studio-store.ts';
import { lassoTool, rectangleTool } from './area-tools.ts';
import { boundaryTool } from './boundary-tool.ts';
import { brushTool } from './brush-tool.ts';
import { commentTool } from './comment-tool.ts';
import { fillTool } from './fill-tool.ts';
import { lockTool } from './lock-tool.ts';
import { mergeTool } from './merge-tool.ts';
import { splitTool } from './split-tool.ts';
import type { Tool } from './tool.ts';
import type { ToolName } from './tool-names.ts';

/** `select` leaves the pointer to the map: a drag moves it, a click chooses. */
const TOOLS: Record<Exclude<ToolName, 'select'>, Tool> = {
  brush: brushTool,
  rectangle: rectangleTool,
  lasso: lassoTool,
  fill: fillTool,
  boundary: boundaryTool,
  split: splitTool,
  merge: mergeTool,
  lock: lockTool,
  comment: commentTool,
};

/** Gives the pointer to the tool chosen, exactly one; tells others where the hand is. */
export function useToolMode(session: StudioSession, editable: boolean): void {
  const tool = useTool(editable);
  useEffect(() => {
    if (tool === 'select') return;
    const mode = TOOLS[tool](session);
    const tell = (at: { lon: number; lat: number } | null, painting: boolean) => {
      if (!at) return;
      const beat = painting ? session.beatAt(at.lon, at.lat) : null;
      session.presence?.move(at.lon, at.lat, beat);
    };
    mapGestures.take({
      ...mode,
      drag: (at) => {
        mode.drag?.(at);
        tell(at, true);
      },
      hover: (at) => {
        mode.hover?.(at);
        tell(at, false);
      },
    });
    return () => {
      mapGestures.take(null);
      session.sketch = null;
      session.repaint();
    };
  }, [tool, session]);
}
