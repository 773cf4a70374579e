import { PlanFileError } from './plan-file-error.ts';
import { type FileAreas, readAreas } from './read-areas.ts';
import { converterOf, readSourceFile } from './read-source-file.ts';
import type { SourceFile } from './source-file.ts';
import type { ProblemParams } from '../../platform/index.ts';

export type ReadPlanFile = FileAreas & Pick<SourceFile, 'format' | 'coordinates' | 'encoding'>;
export type ReadOutcome = { read: ReadPlanFile } | { refused: { code: string; params: ProblemParams } };

export async function run({ bytes, system }: { bytes: Uint8Array; system: string }): Promise<ReadOutcome> {
  try {
    const convert = await converterOf(system);
    const { features, ...file } = await sourceOf(bytes);
    return { read: { ...readAreas({ ...file, features }, convert), ...file, coordinates: file.coordinates ?? system } };
  } catch (error) {
    if (error instanceof PlanFileError) return { refused: { code: error.code, params: error.params } };
    throw error;
  }
}

/** Readers of others throw whatever they stumble over: the file is what is wrong. */
async function sourceOf(bytes: Uint8Array): Promise<SourceFile> {
  try {
    return await readSourceFile(bytes);
  } catch (error) {
    if (error instanceof PlanFileError) throw error;
    throw new PlanFileError('UNREADABLE', { detail: error instanceof Error ? error.message.slice(0, 200) : 'file' });
  }
}
