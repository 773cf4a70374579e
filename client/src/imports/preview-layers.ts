import type { Layer } from '@deck.gl/core';
import { PathLayer, ScatterplotLayer } from '@deck.gl/layers';
import { tokenRgba } from '../ui/tokens.ts';

export type LonLat = [number, number];

export interface PreviewPicture {
  points: readonly LonLat[];
  /** Outlines of the bureau. */
  rings: readonly LonLat[][];
  scale: number;
  theme: string;
}

/** Where the sample would land, and the border it should respect. */
export function previewLayers({ points, rings, scale, theme }: PreviewPicture): Layer[] {
  return [
    new PathLayer<LonLat[]>({
      id: 'import-boundary',
      data: rings,
      getPath: (ring) => ring,
      getColor: tokenRgba('text1', 200),
      widthUnits: 'pixels',
      getWidth: 1.5 * scale,
      updateTriggers: { getColor: theme },
    }),
    new ScatterplotLayer<LonLat>({
      id: 'import-points',
      data: points,
      getPosition: (point) => point,
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      getRadius: (points.length > 600 ? 2.4 : 3.4) * scale,
      stroked: true,
      getLineWidth: 1,
      getLineColor: tokenRgba('mapHalo', 220),
      getFillColor: tokenRgba('text1', 210),
      updateTriggers: { getLineColor: theme, getFillColor: theme },
    }),
  ];
}
