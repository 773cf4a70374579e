import { useCallback } from 'react';
import { create } from 'zustand';
import { formatUrl, parseUrl, type UrlState } from './url-format.ts';

export const useUrlState = create<UrlState>(() => parseUrl(window.location));

window.addEventListener('popstate', () => useUrlState.setState(parseUrl(window.location)));

/** A new workspace, page or bureau is a step one can go back from; a view, selection or filter replaces the address. */
export function updateUrl(change: Partial<UrlState>): void {
  const before = useUrlState.getState();
  const leaves = change.workspace !== undefined && change.workspace !== before.workspace;
  const next = { ...before, ...(leaves ? { path: [] } : {}), ...change };
  const moved =
    next.workspace !== before.workspace ||
    next.bureau !== before.bureau ||
    next.path.join('/') !== before.path.join('/');
  const isStep = before.workspace !== null && moved;
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

function setUrlFilter(name: string, text: string | null): void {
  const { [name]: _dropped, ...others } = useUrlState.getState().filters;
  updateUrl({ filters: text === null ? others : { ...others, [name]: text } });
}
