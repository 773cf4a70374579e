import { useMutation } from '@tanstack/react-query';
import type { ImportMapping } from '@xunfang/geo-data/contract';
import { postPreview } from './import-queries.ts';
import { changeMapping, type ImportDraft } from './import-store.ts';
import { columnNames, withColumnNames } from './mapping-edits.ts';

const PROBE_COLUMN = 'column 1';

/**
 * Reads the file with another encoding, delimiter or header. Its columns get other names then, and a preview knows only names: so
 * the file is first asked for its first row, and the mapping follows.
 */
export function useFileShape(draft: ImportDraft, columns: readonly string[]) {
  return useMutation({
    mutationFn: async (shape: Partial<Pick<ImportMapping, 'encoding' | 'delimiter' | 'hasHeader'>>) => {
      const wanted = { ...draft.mapping, ...shape };
      const { sampleRows } = await postPreview(draft.importId, probeOf(wanted));
      const names = columnNames(sampleRows[0] ?? [], wanted.hasHeader);
      return withColumnNames(wanted, columns, names);
    },
    onSuccess: changeMapping,
  });
}

/** A mapping that every file fits, however it is read. */
function probeOf(mapping: ImportMapping): ImportMapping {
  return {
    ...mapping,
    hasHeader: false,
    columns: {
      occurredAt: PROBE_COLUMN,
      time: null,
      lon: PROBE_COLUMN,
      lat: PROBE_COLUMN,
      category: null,
      address: null,
      sourceId: null,
      priority: null,
    },
    coordinateSystem: 'WGS84',
    dateFormat: 'auto',
  };
}
