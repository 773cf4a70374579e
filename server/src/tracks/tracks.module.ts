import { join } from 'node:path';
import { Counter } from 'prom-client';
import type { Module } from '../platform/index.ts';
import { createTrackRetention } from './track-retention.ts';
import { registerTrackStorageRoutes } from './track-storage.routes.ts';
import { trackStorageService } from './track-storage.service.ts';
import { registerTrackRoutes } from './tracks.routes.ts';
import { tracksService } from './tracks.service.ts';

const FIRST_RUN_MS = 60_000;
const RUN_INTERVAL_MS = 3_600_000;

/** Tracks as people read them, how long they stay, and the archive they go into. */
export const tracksModule: Module = async (app, { config, db, sql, workers, metrics, bureaus, now }) => {
  const archiveDir = join(config.dataDir, 'track-archive');
  const failures = new Counter({
    name: 'xunfang_track_archive_failures_total',
    help: 'Days of tracks that could not be archived; their fixes stay in the database.',
    registers: [metrics.registry],
  });
  const retention = createTrackRetention({
    db,
    sql,
    workers,
    bureaus,
    archiveDir,
    now,
    onFailure: (day, cause) => {
      if (day === null) {
        app.log.error({ err: cause }, 'old crossings or alarms could not be deleted');
        return;
      }
      failures.inc();
      app.log.error({ err: cause, day }, 'a day of tracks could not be archived');
    },
  });
  registerTrackRoutes(app, tracksService({ db, sql, workers }), now);
  registerTrackStorageRoutes(app, trackStorageService({ db, sql, workers, retention, archiveDir, now }));

  const closing = new AbortController();
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const schedule = (delayMs: number): void => {
    timer = setTimeout(() => {
      running = retention
        .run(closing.signal)
        .then(() => undefined)
        .catch((cause: unknown) => app.log.error({ err: cause }, 'old tracks could not be archived'))
        .then(() => schedule(RUN_INTERVAL_MS));
    }, delayMs);
    timer.unref();
  };
  app.addHook('onReady', async () => schedule(FIRST_RUN_MS));
  app.addHook('onClose', async () => {
    closing.abort();
    await running;
    clearTimeout(timer);
  });
};
