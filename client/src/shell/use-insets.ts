import { type RefCallback, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { mapCamera } from '../map/index.ts';
import type { Side } from './panel-layout.ts';

/** Measures the panels, so that map and overlays know the part of the stage that is free. */
export function useInsets(): { refOf: (side: Side) => RefCallback<HTMLElement>; style: Record<string, string> } {
  const [sizes, setSizes] = useState<Record<Side, number>>({ left: 0, right: 0, bottom: 0 });
  const callbacks = useRef(new Map<Side, RefCallback<HTMLElement>>());
  const refOf = useCallback((side: Side) => {
    let callback = callbacks.current.get(side);
    if (!callback) {
      callback = (element) => {
        if (!element) return;
        const measure = () => {
          const size = extent(element, side);
          // The same size moves nothing: it would end a flight under way.
          setSizes((before) => (before[side] === size ? before : { ...before, [side]: size }));
        };
        // With the panel itself, not a frame later: what is flown to as it opens comes to the middle of what is left.
        measure();
        const observer = new ResizeObserver(measure);
        observer.observe(element);
        return () => {
          observer.disconnect();
          setSizes((before) => ({ ...before, [side]: 0 }));
        };
      };
      callbacks.current.set(side, callback);
    }
    return callback;
  }, []);
  useLayoutEffect(() => {
    mapCamera.setInsets({ top: 0, ...sizes });
  }, [sizes]);
  const style = {
    '--inset-left': `${sizes.left}px`,
    '--inset-right': `${sizes.right}px`,
    '--inset-bottom': `${sizes.bottom}px`,
  };
  return { refOf, style };
}

function extent(element: HTMLElement, side: Side): number {
  const box = element.getBoundingClientRect();
  return Math.round(side === 'bottom' ? box.height : box.width);
}
