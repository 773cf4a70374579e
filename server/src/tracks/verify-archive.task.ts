import { type ArchiveContent, ArchiveDamagedError, readArchive } from './archive-file.ts';

/** What is damaged, in both languages. */
export interface Damage {
  zh: string;
  en: string;
}

/** Reads a file back, off the event loop. What is damaged is an answer: errors lose their class between threads. */
export async function run(path: string): Promise<{ content: ArchiveContent } | { damage: Damage }> {
  try {
    return { content: await readArchive(path) };
  } catch (error) {
    if (error instanceof ArchiveDamagedError) return { damage: { zh: error.zh, en: error.en } };
    throw error;
  }
}
