import { useCallback } from 'react';
import { create } from 'zustand';

/** What the address holds: reload or send it, and the other sees the same. */
export interface UrlState {
  workspace: string | null;
  bureau: string | null;
  /** Zoom, latitude, longitude. */
  view: { zoom: number; lat: number; lon: number } | null;
  selection: string | null;
  /** Filters of the domain folders, named `folder.filter`. */
  filters: Readonly<Record<string, string>>;
}
/** Settings of the page that no navigation changes: language, theme, wall. */
const STICKY = ['lang', 'theme', 'wall'];
const KNOWN = new Set(['bureau', 'map', 'sel', ...STICKY]);

export const useUrlState = create<UrlState>(() => parseUrl(window.location));

window.addEventListener('popstate', () => useUrlState.setState(parseUrl(window.location)));

/** A new workspace or bureau is a step one can go back from; a view, selection or filter replaces the address. */
export function updateUrl(change: Partial<UrlState>): void {
  const before = useUrlState.getState();
  const next = { ...before, ...change };
  const isStep =
    before.workspace !== null && (next.workspace !== before.workspace || next.bureau !== before.bureau);
  useUrlState.setState(next);
  const url = formatUrl(next, new URLSearchParams(window.location.search));
  if (isStep) window.history.pushState(null, '', url);
  else window.history.replaceState(null, '', url);
}

/** How one filter is written in the address. `null` leaves it out: that is its value at rest. */
export interface FilterCodec<Value> {
  parse: (text: string | null) => Value;
  format: (value: Value) => string | null;
}

/** One filter of the address as state. Keep `codec` outside the component. */
export function useUrlFilter<Value>(name: string, codec: FilterCodec<Value>): [Value, (value: Value) => void] {
  const text = useUrlState((state) => state.filters[name] ?? null);
  const set = useCallback((value: Value) => setUrlFilter(name, codec.format(value)), [name, codec]);
  return [codec.parse(text), set];
}

export function setUrlFilter(name: string, text: string | null): void {
  const { [name]: _dropped, ...others } = useUrlState.getState().filters;
  updateUrl({ filters: text === null ? others : { ...others, [name]: text } });
}

export function parseUrl(location: { pathname: string; search: string }): UrlState {
  const query = new URLSearchParams(location.search);
  const [zoom, lat, lon] = (query.get('map') ?? '').split('/').map(Number);
  const hasView = [zoom, lat, lon].every((part) => Number.isFinite(part));
  return {
    workspace: location.pathname.split('/')[1] || null,
    bureau: query.get('bureau'),
    view: hasView ? { zoom, lat, lon } : null,
    selection: query.get('sel'),
    filters: Object.fromEntries([...query].filter(([name]) => !KNOWN.has(name))),
  };
}

export function formatUrl(state: UrlState, current: URLSearchParams): string {
  const query = new URLSearchParams();
  if (state.bureau) query.set('bureau', state.bureau);
  if (state.view)
    query.set('map', `${state.view.zoom.toFixed(2)}/${state.view.lat.toFixed(5)}/${state.view.lon.toFixed(5)}`);
  if (state.selection) query.set('sel', state.selection);
  for (const [name, text] of Object.entries(state.filters)) query.set(name, text);
  for (const name of STICKY) {
    const value = current.get(name);
    if (value !== null) query.set(name, value);
  }
  const text = query.toString().replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%2C', ',');
  return `/${state.workspace ?? ''}${text ? `?${text}` : ''}`;
}
