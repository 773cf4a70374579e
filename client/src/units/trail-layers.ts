import type { Layer } from '@deck.gl/core';
import { PathLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { Trail } from '@xunfang/geo-data/contract';
import { MAP_FONT } from '../map/index.ts';
import { tokenRgba } from '../ui/tokens.ts';
import { markRows, stretches } from './trail-marks.ts';

export interface TrailPicture {
  trail: Trail;
  /** Row of the fix that is picked out, -1 for none, and what stands beside it. */
  pickedRow: number;
  pickedText: string;
  /** Time of a fix as it stands along the trail. */
  timeText: (seconds: number) => string;
  scale: number;
  theme: string;
}

const OLDEST_ALPHA = 60;
const NEWEST_ALPHA = 220;

/** The trail of one unit: fainter the older, with the time along it; every fix answers the pointer. */
export function trailLayers({ trail, pickedRow, pickedText, timeText, scale, theme }: TrailPicture): Layer[] {
  const { points } = trail;
  const alphaOf = (row: number) =>
    OLDEST_ALPHA + ((NEWEST_ALPHA - OLDEST_ALPHA) * row) / Math.max(1, points.length - 1);
  const marks = markRows(points);
  return [
    new PathLayer<[number, number]>({
      id: 'unit-trail',
      data: stretches(points),
      getPath: ([from, to]) => points.slice(from, to).map(([lon, lat]): [number, number] => [lon, lat]),
      getColor: ([from, to]: [number, number]) =>
        points.slice(from, to).map((_, i) => tokenRgba('select', alphaOf(from + i))) as never,
      widthUnits: 'pixels',
      getWidth: 2.5 * scale,
      capRounded: true,
      jointRounded: true,
      updateTriggers: { getColor: [theme, points.length] },
    }),
    new ScatterplotLayer({
      id: 'unit-trail-fixes',
      data: points,
      pickable: true,
      getPosition: ([lon, lat]) => [lon, lat],
      radiusUnits: 'pixels',
      getRadius: 2.2 * scale,
      getFillColor: (_, { index }) => tokenRgba('select', alphaOf(index)),
      updateTriggers: { getFillColor: [theme, points.length] },
    }),
    new TextLayer<number>({
      id: 'unit-trail-times',
      data: pickedRow < 0 ? marks : [...marks.filter((row) => row !== pickedRow), pickedRow],
      getPosition: (row) => [points[row][0], points[row][1]],
      getText: (row) => (row === pickedRow ? pickedText : timeText(points[row][2])),
      getColor: (row) => tokenRgba(row === pickedRow ? 'text1' : 'text2'),
      getSize: 12 * scale,
      getTextAnchor: 'start',
      getPixelOffset: [8 * scale, 0],
      fontFamily: MAP_FONT,
      characterSet: 'auto',
      background: true,
      getBackgroundColor: tokenRgba('mapHalo', 215),
      backgroundPadding: [4, 1],
      backgroundBorderRadius: 3,
      updateTriggers: {
        getText: [pickedText, timeText],
        getPosition: points,
        getColor: [theme, pickedRow],
        getBackgroundColor: theme,
      },
    }),
    ...(pickedRow < 0
      ? []
      : [
          new ScatterplotLayer<number>({
            id: 'unit-trail-picked',
            data: [pickedRow],
            getPosition: (row) => [points[row][0], points[row][1]],
            radiusUnits: 'pixels',
            getRadius: 5 * scale,
            filled: false,
            stroked: true,
            lineWidthUnits: 'pixels',
            getLineWidth: 2 * scale,
            getLineColor: tokenRgba('select'),
            updateTriggers: { getPosition: points, getLineColor: theme },
          }),
        ]),
  ];
}
