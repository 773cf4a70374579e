import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface BasemapFile {
  path: string;
  sizeBytes: number;
  /** Changes when the file does. */
  etag: string;
}

/** A basemap the installation made for itself comes before the one that is shipped with the data set. */
export async function findBasemap(slug: string, dataDir: string): Promise<BasemapFile | null> {
  const shipped = fileURLToPath(import.meta.resolve(`@xunfang/geo-data/datasets/${slug}/basemap.pmtiles`));
  for (const path of [join(dataDir, 'basemaps', `${slug}.pmtiles`), shipped]) {
    const found = await stat(path).catch(() => null);
    if (found?.isFile()) {
      return {
        path,
        sizeBytes: found.size,
        etag: `"${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}"`,
      };
    }
  }
  return null;
}
