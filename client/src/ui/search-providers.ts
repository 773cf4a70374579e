import { useEffect } from 'react';

/** One hit in the palette (Ctrl+K). */
export interface SearchItem {
  key: string;
  label: string;
  /** A second, weaker line: beat, address, shortcut. */
  detail?: string;
  run: () => void;
}
/** A folder that can be searched. `search` is called with every key stroke: answer from memory or pass the signal on. */
export interface SearchProvider {
  /** Heading of its hits, in the language of the moment. */
  title: () => string;
  search: (text: string, signal: AbortSignal) => SearchItem[] | Promise<SearchItem[]>;
}

const providers = new Map<string, SearchProvider>();

function registerSearchProvider(id: string, provider: SearchProvider): () => void {
  providers.set(id, provider);
  return () => {
    if (providers.get(id) === provider) providers.delete(id);
  };
}

/** For as long as the component is there. Keep `provider` stable (useMemo). */
export function useSearchProvider(id: string, provider: SearchProvider): void {
  useEffect(() => registerSearchProvider(id, provider), [id, provider]);
}

export function searchProviders(): readonly (SearchProvider & { id: string })[] {
  return [...providers].map(([id, provider]) => ({ id, ...provider }));
}
