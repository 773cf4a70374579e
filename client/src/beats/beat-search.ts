import { useMemo } from 'react';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { type SearchProvider, useSearchProvider } from '../ui/index.ts';
import { beatMessages } from './messages.ts';
import { usePlanShown } from './plan-queries.ts';
import { showArea } from './show-area.ts';

/** Ctrl+K finds beats by name in either language, or by number, wherever they are on the map. */
export function useBeatSearch(): void {
  const t = useMessages(beatMessages);
  const bilingual = useBilingual();
  const { data: plan } = usePlanShown();
  const search = useMemo(
    (): SearchProvider => ({
      title: () => t('beats'),
      search: (text) =>
        (plan?.beats ?? [])
          .filter(({ name, number }) => `${name.zh} ${name.en} ${number}`.toLowerCase().includes(text.toLowerCase()))
          .map((beat) => ({
            key: `beat-${beat.number}`,
            label: bilingual(beat.name),
            run: () => showArea('beat', beat),
          })),
    }),
    [plan, bilingual, t],
  );
  useSearchProvider('beats', search);
}
