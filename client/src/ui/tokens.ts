/** Every colour of the console, once. CSS reads them as custom properties, map and charts through `token` and `tokenRgba`. */
export const THEMES = ['dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

const dark = {
  surface0: '#0B0F14',
  surface1: '#11161D',
  surface2: '#171E27',
  surface3: '#202A36',
  text1: '#E6EDF3',
  text2: '#A9B4C0',
  text3: '#7F8B99',
  line: '#26303B',
  /** Borders of fields and marks without text: 3:1 on every surface. */
  lineStrong: '#5F6C79',
  select: '#4DA3FF',
  onSelect: '#06121F',
  act: '#FF5A52',
  warn: '#FFB020',
  done: '#6FBF8B',
  shadow: 'rgba(0, 0, 0, 0.45)',
  mapLand: '#0F141A',
  mapWater: '#0C1B29',
  mapGreen: '#101A16',
  mapBuilding: '#141A22',
  mapRoadMinor: '#1C252F',
  mapRoadMain: '#26313D',
  mapRoadArterial: '#334150',
  mapRail: '#222A33',
  mapBoundary: '#3A4653',
  mapLabel: '#8794A3',
  mapWaterLabel: '#5D7F9E',
  mapHalo: '#0B0F14',
} as const;
export type TokenName = keyof typeof dark;

/** For paper and sunlit desks. */
const light: Record<TokenName, string> = {
  surface0: '#E9EDF1',
  surface1: '#F7F9FA',
  surface2: '#FFFFFF',
  surface3: '#DDE4EA',
  text1: '#16202A',
  text2: '#45525F',
  text3: '#5F6C79',
  line: '#CFD7DE',
  lineStrong: '#78848F',
  select: '#0B63C4',
  onSelect: '#FFFFFF',
  act: '#C4261E',
  warn: '#8F5A00',
  done: '#2B7347',
  shadow: 'rgba(30, 45, 60, 0.18)',
  mapLand: '#EEF1F3',
  mapWater: '#CFDEE9',
  mapGreen: '#E0EAE0',
  mapBuilding: '#E4E8EB',
  mapRoadMinor: '#FFFFFF',
  mapRoadMain: '#FFFFFF',
  mapRoadArterial: '#FFFFFF',
  mapRail: '#D3DAE0',
  mapBoundary: '#9CA9B5',
  mapLabel: '#5A6773',
  mapWaterLabel: '#41698A',
  mapHalo: '#F7F9FA',
};
export const THEME_TOKENS: Record<Theme, Record<TokenName, string>> = { dark, light };

/** Sequential maps, low to high: perceptually even and safe for the colour-blind (cividis). The first class is drawn 25 % opaque. */
export const SEQUENTIAL_RAMP = ['#00204D', '#31446B', '#666970', '#958F78', '#CBBA69', '#FFEA46'] as const;
/** Signed values only; the middle is zero. Blue and orange stay apart in every common colour deficiency. */
export const DIVERGING_RAMP = ['#2F6DB5', '#7FA6CE', '#8D949B', '#D9A36B', '#C96A1B'] as const;
/** Few hues for neighbouring zones and beats: names do the naming, the hue only parts neighbours. */
export const AREA_HUES = ['#7C93B8', '#A58BB0', '#7FA39A', '#B09A78', '#8D8FB5', '#A3A67F', '#B08A8A'] as const;

/** The hue of an area's colour number. */
export function hueOf(colour: number): string {
  return AREA_HUES[colour % AREA_HUES.length];
}

let theme: Theme = 'dark';

export function currentTheme(): Theme {
  return theme;
}

/** The colour of the theme of the moment as `#RRGGBB`. */
export function token(name: TokenName): string {
  return THEME_TOKENS[theme][name];
}

/** For deck.gl: red, green, blue, alpha, each 0-255. */
export function tokenRgba(name: TokenName, alpha = 255): [number, number, number, number] {
  return hexRgba(token(name), alpha);
}

export function hexRgba(hex: string, alpha = 255): [number, number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255, alpha];
}

/** Writes the theme onto the document; the stylesheet takes it from there. */
export function applyTokens(next: Theme): void {
  theme = next;
  const root = document.documentElement;
  root.dataset.theme = next;
  root.style.colorScheme = next;
  for (const [name, value] of Object.entries(THEME_TOKENS[next]))
    root.style.setProperty(`--${name.replaceAll(/[A-Z0-9]/g, (mark) => `-${mark.toLowerCase()}`)}`, value);
}
