import { useCallback } from 'react';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { useBureau } from '../session/index.ts';
import { incidentMessages } from './messages.ts';

/** Name of a category of the bureau's own dictionary, in the language chosen. */
export function useCategoryName(): (categoryId: number) => string {
  const t = useMessages(incidentMessages);
  const bilingual = useBilingual();
  const { categories } = useBureau();
  return useCallback(
    (categoryId) => {
      const category = categories.find((candidate) => candidate.id === categoryId);
      return category ? bilingual(category.name) : t('uncategorised');
    },
    [categories, bilingual, t],
  );
}
