import type { Layer } from '@deck.gl/core';
import { H3HexagonLayer } from '@deck.gl/geo-layers';
import type { HotspotColumns } from '@xunfang/geo-data/contract';
import { cellToHex } from '@xunfang/geo-data/geometry';
import { hexRgba, tokenRgba } from '../ui/tokens.ts';
import { type ClassedGrid, UNDRAWN } from './hotspot-classes.ts';

interface HotspotPicture {
  columns: HotspotColumns;
  classed: ClassedGrid;
  selectedCell: string | null;
  scale: number;
  theme: string;
}

/** The classed grid and the outline of the selected cell. Data items are row numbers: no object per cell. */
export function hotspotLayers({ columns, classed, selectedCell, scale, theme }: HotspotPicture): Layer[] {
  const { classOfCell, colours } = classed;
  const rgba = colours.map(({ colour, opacity }) => hexRgba(colour, Math.round(opacity * 255)));
  const drawn: number[] = [];
  for (let cell = 0; cell < classOfCell.length; cell++) if (classOfCell[cell] !== UNDRAWN) drawn.push(cell);
  return [
    new H3HexagonLayer<number>({
      id: 'hotspot-cells',
      data: drawn,
      pickable: true,
      // True outlines: also a fifth of the vertices of the columns that deck.gl would draw instead.
      highPrecision: true,
      extruded: false,
      stroked: false,
      getHexagon: (cell) => cellToHex(columns.cellHi[cell], columns.cellLo[cell]),
      getFillColor: (cell) => rgba[classOfCell[cell]],
      updateTriggers: { getFillColor: [classed] },
    }),
    new H3HexagonLayer<string>({
      id: 'hotspot-selected',
      data: selectedCell === null ? [] : [selectedCell],
      getHexagon: (cell) => cell,
      extruded: false,
      filled: false,
      stroked: true,
      getLineColor: tokenRgba('select'),
      lineWidthUnits: 'pixels',
      getLineWidth: 3 * scale,
      updateTriggers: { getLineColor: theme },
    }),
  ];
}
