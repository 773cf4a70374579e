import { createReadStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { importsService } from '../incidents/index.ts';
import { datasetPath } from './dataset.ts';
import type { SeedContext } from './seed-installation.ts';

const FILE = 'incidents-2017.csv.gz';
const INSTALLATION = { actor: 'installation', address: null, language: 'en' } as const;
const POLL_MS = 50;

/** The real incidents of 2017 by the way of a customer's file: upload, preview, start, wait for the end. */
export async function importChicago(
  { config, database, workers, now = () => new Date() }: SeedContext,
  bureauId: number,
) {
  let failure: unknown;
  const imports = importsService({
    db: database.db,
    sql: database.sql,
    workers,
    now,
    dataDir: config.dataDir,
    maxBytes: Number.MAX_SAFE_INTEGER,
    onProgress: () => {},
    tellCancelled: () => {},
    onError: (error) => {
      failure = error;
    },
  });
  const file = createReadStream(datasetPath('chicago', FILE));
  const uploaded = await imports.upload(bureauId, FILE, file, INSTALLATION);
  const { columns, ...mapping } = uploaded.preview.mapping;
  const started = await imports.start(
    uploaded.import.id,
    {
      ...mapping,
      source: 'City of Chicago',
      columns: {
        ...columns,
        sourceId: null,
        occurredAt: 'date',
        time: null,
        lon: 'longitude',
        lat: 'latitude',
        category: 'loc_cat',
      },
      timeZone: 'America/Chicago',
    },
    INSTALLATION,
  );
  let view = started;
  while (view.state === 'running') {
    await pause(POLL_MS);
    view = await imports.get(started.id, INSTALLATION.language);
  }
  if (view.state !== 'done') throw new Error(`The import of ${FILE} ended as ${view.state}.`, { cause: failure });
}
