import { join } from 'node:path';

/** A file of the data sets that come with the product. */
export function datasetPath(...parts: readonly string[]): string {
  return join(import.meta.dirname, '../../geo-data/datasets', ...parts);
}
