import { tokenRgba } from '../ui/tokens.ts';
import { MAP_FONT } from './fonts.ts';

/** How a name is written on the map, for a deck.gl TextLayer: in any script, with a halo of the theme of the moment. */
export function labelHalo() {
  return {
    fontFamily: MAP_FONT,
    characterSet: 'auto' as const,
    fontSettings: { sdf: true, fontSize: 48, buffer: 6, radius: 10 },
    outlineWidth: 3,
    outlineColor: tokenRgba('mapHalo'),
  };
}
