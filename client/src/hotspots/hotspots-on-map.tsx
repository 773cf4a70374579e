import { H3HexagonLayer } from '@deck.gl/geo-layers';
import { cellToHex } from '@xunfang/geo-data/geometry';
import { useEffect } from 'react';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { mapLayers, useLayerVisible } from '../map/index.ts';
import { hexRgba, select, tokenRgba, useDisplay, useSelectedId } from '../ui/index.ts';
import { UNDRAWN } from './hotspot-classes.ts';
import { hotspotMessages } from './messages.ts';
import { useClassedHotspots } from './use-hotspots.ts';

export const HOTSPOTS_LAYER = 'hotspots';

export function HotspotsOnMap() {
  const t = useMessages(hotspotMessages);
  const format = useFormat();
  const shown = useClassedHotspots();
  const visible = useLayerVisible(HOTSPOTS_LAYER);
  const selectedCell = useSelectedId('cell');
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  useEffect(() => {
    if (!visible || !shown) return;
    const { columns } = shown.answer;
    const { classOfCell, colours } = shown.classed;
    const rgba = colours.map(({ colour, opacity }) => hexRgba(colour, Math.round(opacity * 255)));
    const drawn: number[] = [];
    for (let cell = 0; cell < classOfCell.length; cell++) if (classOfCell[cell] !== UNDRAWN) drawn.push(cell);
    const hexOf = (cell: number) => cellToHex(columns.cellHi[cell], columns.cellLo[cell]);
    const layers = [
      new H3HexagonLayer<number>({
        id: 'hotspot-cells',
        data: drawn,
        pickable: true,
        extruded: false,
        stroked: false,
        getHexagon: hexOf,
        getFillColor: (cell) => rgba[classOfCell[cell]],
        updateTriggers: { getFillColor: [shown.classed] },
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
    mapLayers.set(HOTSPOTS_LAYER, 'hotspots', layers, {
      onClick: (pick) => select('cell', hexOf(pick.object as number)),
      tooltip: (pick) => {
        const cell = pick.object as number;
        return t('tooltip', {
          count: format.number(columns.count[cell]),
          rate: format.number(columns.ratePerKm2[cell], 1),
          density: format.number(columns.densityPerKm2[cell], 1),
          z: format.number(columns.giZ[cell], 2),
          q: format.number(columns.giQ[cell], 3),
        });
      },
    });
    return () => mapLayers.remove(HOTSPOTS_LAYER);
  }, [visible, shown, selectedCell, scale, theme, t, format]);
  return null;
}
