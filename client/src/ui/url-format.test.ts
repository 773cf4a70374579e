import { describe, expect, it } from 'vitest';
import { formatUrl, parseUrl } from './url-format.ts';

const parsed = (text: string) => {
  const [pathname, search = ''] = text.split('?');
  return parseUrl({ pathname, search });
};

describe('the address', () => {
  it('holds workspace, bureau, view, selection and filters, and survives a round trip', () => {
    const text = '/analyse?bureau=chicago&map=12.50/41.88000/-87.63000&sel=cell:8a2a1072b59ffff&hotspots.hours=20,21';
    const state = parsed(text);
    expect(state).toEqual({
      workspace: 'analyse',
      path: [],
      bureau: 'chicago',
      view: { zoom: 12.5, lat: 41.88, lon: -87.63 },
      selection: 'cell:8a2a1072b59ffff',
      filters: { 'hotspots.hours': '20,21' },
    });
    expect(formatUrl(state, new URLSearchParams())).toBe(text);
  });

  it('holds a page within a workspace', () => {
    const state = parsed('/admin/devices/12?bureau=chicago');
    expect([state.workspace, state.path]).toEqual(['admin', ['devices', '12']]);
    expect(formatUrl(state, new URLSearchParams())).toBe('/admin/devices/12?bureau=chicago');
    expect(parsed('/admin/%E0%A4%A/').path).toEqual(['%E0%A4%A']);
  });

  it('keeps language, theme and wall through every navigation and never takes them for filters', () => {
    const state = parsed('/plan?lang=en&wall=1&theme=light');
    expect(state.filters).toEqual({});
    expect(formatUrl(state, new URLSearchParams('lang=en&wall=1&theme=light'))).toBe(
      '/plan?lang=en&theme=light&wall=1',
    );
  });

  it.each(['/', '/?map=', '/?map=12', '/?map=a/b/c', '/?map=12//30'])('has no view in %s', (text) => {
    expect(parsed(text).view).toBeNull();
  });
});
