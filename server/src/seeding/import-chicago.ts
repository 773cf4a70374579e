import type { SeedContext } from './seed-installation.ts';

export async function importChicago(_context: SeedContext, _bureauId: number): Promise<void> {}
