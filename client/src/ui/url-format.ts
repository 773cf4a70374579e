/** What the address holds: reload or send it, and the other sees the same. */
export interface UrlState {
  workspace: string | null;
  /** What stands behind the workspace: `/admin/devices/12` has `devices`, `12`. */
  path: readonly string[];
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

export function parseUrl(location: { pathname: string; search: string }): UrlState {
  const query = new URLSearchParams(location.search);
  const [zoom, lat, lon] = (query.get('map') ?? '').split('/').map((part) => (part ? Number(part) : Number.NaN));
  const hasView = [zoom, lat, lon].every((part) => Number.isFinite(part));
  const [workspace, ...path] = location.pathname.split('/').filter(Boolean).map(decoded);
  return {
    workspace: workspace ?? null,
    path,
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
  const path = state.workspace === null ? '' : [state.workspace, ...state.path].map(encodeURIComponent).join('/');
  return `/${path}${text ? `?${text}` : ''}`;
}

/** A text that is no percent encoding stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
