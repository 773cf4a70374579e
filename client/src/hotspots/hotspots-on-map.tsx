import { cellToHex } from '@xunfang/geo-data/geometry';
import { useEffect } from 'react';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { mapLayers, useLayerVisible } from '../map/index.ts';
import { select, useDisplay, useSelectedId } from '../ui/index.ts';
import { hotspotLayers } from './hotspot-layers.ts';
import { qText } from './hottest-cells.tsx';
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
    const hexOf = (cell: number) => cellToHex(columns.cellHi[cell], columns.cellLo[cell]);
    const layers = hotspotLayers({ columns, classed: shown.classed, selectedCell, scale, theme });
    mapLayers.set(HOTSPOTS_LAYER, 'hotspots', layers, {
      onClick: (pick) => select('cell', hexOf(pick.object as number)),
      tooltip: (pick) => {
        const cell = pick.object as number;
        return t('tooltip', {
          count: format.number(columns.count[cell]),
          rate: format.number(columns.ratePerKm2[cell], 1),
          density: format.number(columns.densityPerKm2[cell], 1),
          z: format.number(columns.giZ[cell], 2),
          q: qText(columns.giQ[cell], format),
        });
      },
    });
    return () => mapLayers.remove(HOTSPOTS_LAYER);
  }, [visible, shown, selectedCell, scale, theme, t, format]);
  return null;
}
