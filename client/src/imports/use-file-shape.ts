import { useMutation } from '@tanstack/react-query';
import type { ImportMapping, ImportPreview } from '@xunfang/geo-data/contract';
import { useRef } from 'react';
import { postPreview, seedPreview } from './import-queries.ts';
import { changeMapping, type ImportDraft } from './import-store.ts';
import { columnNames, whatIsMissing, withColumnNames } from './mapping-edits.ts';

type FileShape = Pick<ImportMapping, 'encoding' | 'delimiter' | 'hasHeader'>;
type Columns = ImportMapping['columns'];

/**
 * Reads the file with another encoding, delimiter or header. Its columns get other names then, and a preview knows only names: so
 * the file is first asked for its first row, and the mapping follows. Going back brings back what was chosen before.
 */
export function useFileShape(draft: ImportDraft, columns: readonly string[]) {
  const chosenBefore = useRef(new Map<string, Columns>());
  return useMutation({
    mutationFn: async (shape: Partial<FileShape>) => {
      const { importId, mapping } = draft;
      chosenBefore.current.set(shapeKey(mapping), mapping.columns);
      const wanted = { ...mapping, ...shape };
      const known = chosenBefore.current.get(shapeKey(wanted));
      if (known) return { ...wanted, columns: known };
      const { sampleRows } = await postPreview(importId, { ...withAllColumns(wanted, 'column 1'), hasHeader: false });
      const names = columnNames(sampleRows[0] ?? [], wanted.hasHeader);
      const shown = await postPreview(importId, withAllColumns(wanted, names[0] ?? ''));
      const readable = names.map((name) => (shown.personalColumns.includes(name) ? '' : name));
      const next = withColumnNames(wanted, columns, readable);
      if (whatIsMissing(next).length > 0) seedPreview(importId, next, unjudged(shown));
      return next;
    },
    onSuccess: changeMapping,
  });
}

const shapeKey = ({ encoding, delimiter, hasHeader }: FileShape) => `${encoding} ${delimiter} ${hasHeader}`;

/** A mapping that fits however the file is read: every required field is the same column. */
function withAllColumns(mapping: ImportMapping, column: string): ImportMapping {
  const none = { time: null, category: null, address: null, sourceId: null, priority: null };
  const columns = { ...none, occurredAt: column, lon: column, lat: column };
  return { ...mapping, columns, coordinateSystem: 'WGS84', dateFormat: 'auto' };
}

/** What the file looks like, without the judgement of its rows. */
function unjudged(preview: ImportPreview): ImportPreview {
  const nothing = { accepted: 0, rejected: [], rejectedByReason: {}, points: [] };
  return { ...preview, ...nothing, advice: { shares: [], better: null, swapped: false } };
}
