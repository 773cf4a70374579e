import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Drawing in software keeps one core busy to the end: it begins first, and everything else fills the other one. */
class BrowserFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const draws = ({ project }: TestSpecification) => project.name === 'browser';
    return [...sorted.filter(draws), ...sorted.filter((file) => !draws(file))];
  }
}

/** One file for both: `vite build` makes the console, `vitest` runs the three kinds of tests. */
export default defineConfig({
  root: fromHere('client'),
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 2000 },
  server: { proxy: { '/api': 'http://localhost:8080', '/socket.io': { target: 'http://localhost:8080', ws: true } } },
  test: {
    sequence: { sequencer: BrowserFirst },
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          root: fromHere('.'),
          include: ['{geo-data,server,client,scripts}/src/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          // Kernels and views keep nothing between files; loading them once per worker takes half the time.
          isolate: false,
          // Property tests and kernels on machines that do something else as well.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          sequence: { groupOrder: 1 },
          root: fromHere('.'),
          include: ['{server,scripts}/src/**/*.integration.test.ts'],
          globalSetup: [fromHere('server/src/platform/testing/global-setup.ts')],
          // Each file has a database of its own.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          sequence: { groupOrder: 1 },
          root: fromHere('.'),
          include: ['client/e2e/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
