import { TABLE_DISTRIBUTION } from '../platform/database/distribution.ts';

const DISTRIBUTED = Object.entries(TABLE_DISTRIBUTION).flatMap(([table, kind]) =>
  kind === 'distributed' ? [table] : [],
);
const NAMES = DISTRIBUTED.join('|');
const TOUCHES = new RegExp(`\\b(?:from|join|update|into|copy|using)\\s+"?(?:${NAMES})"?(?![\\w"])`, 'i');
const WRITES_COLUMNS = new RegExp(
  `\\b(?:into|copy)\\s+"?(?:${NAMES})"?(?:\\s+as\\s+\\w+)?\\s*\\(\\s*"?bureau_id\\b|\\b(?:into|copy)\\s+"?(?:${NAMES})"?\\s*\\([^)]*\\bbureau_id\\b`,
  'i',
);
const OF_BUREAU = /\bbureau_id"?\s*(?:=|in\b)/i;

/** Background work of a process, which looks at all bureaus at once: not in the path of any request. */
const BACKGROUND = [/^select "bureau_id" as "bureauId", "last_seq" as "lastSeq" from "outbox_counter"$/i];

/**
 * Whether a statement asks or changes a distributed table without saying whose rows: on a cluster it would go to every machine. Reads the
 * text, not the plan: a table must be named after FROM, JOIN, UPDATE, INTO, USING or COPY, and `bureau_id` be compared or inserted.
 */
export function crossesBureaus(statement: string): boolean {
  const text = statement.replace(/\s+/g, ' ').trim();
  if (!TOUCHES.test(text) || BACKGROUND.some((known) => known.test(text))) return false;
  return !OF_BUREAU.test(text) && !WRITES_COLUMNS.test(text);
}
