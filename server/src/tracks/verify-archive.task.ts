import { type ArchiveContent, ArchiveDamagedError, readArchive } from './archive-file.ts';

/** Reads a file back, off the event loop. What is damaged is an answer: errors lose their class between threads. */
export async function run(path: string): Promise<{ content: ArchiveContent } | { damage: string }> {
  try {
    return { content: await readArchive(path) };
  } catch (error) {
    if (error instanceof ArchiveDamagedError) return { damage: error.reason };
    throw error;
  }
}
