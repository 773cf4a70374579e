import { PLAN_FILE_LIMITS } from '@xunfang/geo-data/contract';
import { unzipSync } from 'fflate';
import { PlanFileError } from './plan-file-error.ts';

const MOST_ENTRIES = 200;

/**
 * The wanted files of an archive, names in lower case without folders. An archive may claim what it likes: a file is unpacked into the room that
 * its entry claims and no further, and all claims together are held to the limit before anything is unpacked.
 */
export function unpackZip(bytes: Uint8Array, wanted: RegExp): Map<string, Uint8Array> {
  const most = PLAN_FILE_LIMITS.unpackedBytes;
  let [entries, claimed] = [0, 0];
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (++entries > MOST_ENTRIES) throw new PlanFileError('ZIP_TOO_LARGE', { most, entries });
      if (!wanted.test(name) || /(^|\/)(__MACOSX\/|\._)/.test(name)) return false;
      claimed += originalSize;
      if (claimed > most) throw new PlanFileError('ZIP_TOO_LARGE', { most, entries });
      return true;
    },
  });
  return new Map(Object.entries(files).map(([name, data]) => [name.split(/[/\\]/).at(-1)?.toLowerCase() ?? '', data]));
}
