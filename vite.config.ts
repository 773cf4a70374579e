import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const clientRoot = fileURLToPath(new URL('./client', import.meta.url));

/** One file for both: `vite build` makes the console, `vitest` runs the three kinds of tests. */
export default defineConfig({
  root: clientRoot,
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 2000 },
  server: { proxy: { '/api': 'http://localhost:8080', '/socket.io': { target: 'http://localhost:8080', ws: true } } },
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          root: fileURLToPath(new URL('.', import.meta.url)),
          include: ['{geo-data,server,client,scripts}/src/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'integration',
          root: fileURLToPath(new URL('.', import.meta.url)),
          include: ['{server,scripts}/src/**/*.integration.test.ts'],
          globalSetup: ['server/src/platform/testing/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          root: fileURLToPath(new URL('.', import.meta.url)),
          include: ['client/e2e/**/*.test.ts'],
          globalSetup: ['server/src/platform/testing/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
