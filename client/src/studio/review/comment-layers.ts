import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { PlanComment } from '@xunfang/geo-data/contract';
import { MAP_FONT } from '../../map/index.ts';
import { tokenRgba } from '../../ui/tokens.ts';

export interface PlacedComment {
  comment: PlanComment;
  lon: number;
  lat: number;
  /** As in the list. */
  number: number;
}

/** Open comments as numbered pins at their places. */
export function commentLayers(comments: readonly PlacedComment[], scale: number, theme: string): Layer[] {
  return [
    new ScatterplotLayer<PlacedComment>({
      id: 'studio-comments',
      data: comments,
      pickable: true,
      getPosition: ({ lon, lat }) => [lon, lat],
      radiusUnits: 'pixels',
      getRadius: 9 * scale,
      stroked: true,
      lineWidthUnits: 'pixels',
      getLineWidth: 1.5 * scale,
      getLineColor: tokenRgba('mapHalo'),
      getFillColor: tokenRgba('warn'),
      updateTriggers: { getFillColor: theme, getLineColor: theme },
    }),
    new TextLayer<PlacedComment>({
      id: 'studio-comment-numbers',
      data: comments,
      getPosition: ({ lon, lat }) => [lon, lat],
      getText: ({ number }) => String(number),
      getSize: 12 * scale,
      fontFamily: MAP_FONT,
      fontWeight: 700,
      getColor: tokenRgba('mapHalo'),
      updateTriggers: { getColor: theme },
    }),
  ];
}
