import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Streets of a bureau that ships with some; null for the others. */
export async function roadsFileOf(slug: string): Promise<string | null> {
  const path = fileURLToPath(import.meta.resolve(`@xunfang/geo-data/datasets/${slug}/roads.geojson`));
  return access(path).then(
    () => path,
    () => null,
  );
}
