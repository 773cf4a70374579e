import { describe, expect, it } from 'vitest';
import { hexRgba, SEQUENTIAL_RAMP, THEME_TOKENS, THEMES, type TokenName } from './tokens.ts';

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red, green, blue] = hexRgba(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(THEMES)('the %s theme', (theme) => {
  const tokens = THEME_TOKENS[theme];
  const panels: TokenName[] = ['surface0', 'surface1', 'surface2'];
  const against = (names: TokenName[], surfaces: TokenName[], least: number) => {
    for (const name of names)
      for (const surface of surfaces)
        expect(contrast(tokens[name], tokens[surface]), `${name} on ${surface}`).toBeGreaterThanOrEqual(least);
  };

  it('gives text 4.5:1, primary and secondary text on hovered rows too', () => {
    against(['text1', 'text2', 'text3', 'act', 'warn'], panels, 4.5);
    against(['text1', 'text2'], ['surface3'], 4.5);
    against(['onSelect'], ['select'], 4.5);
  });

  it('gives marks and the borders of fields 3:1', () => {
    against(['select', 'act', 'warn', 'done', 'lineStrong'], panels, 3);
  });

  it('lets the basemap recede: its labels are weaker than any text on panels, its roads weaker than its labels', () => {
    const onLand = (name: TokenName) => contrast(tokens[name], tokens.mapLand);
    expect(onLand('mapLabel')).toBeLessThan(onLand('text1'));
    for (const road of ['mapRoadMinor', 'mapRoadMain', 'mapRoadArterial'] as const)
      expect(onLand(road)).toBeLessThan(onLand('mapLabel'));
  });
});

describe('the sequential ramp', () => {
  it('grows lighter with every class, so that it reads in grey as well', () => {
    const steps = SEQUENTIAL_RAMP.map(luminance);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });
});
