import type { Module } from '../platform/index.ts';
import { createDeviceRegistry } from './device-registry.ts';
import { devicesRepository } from './devices.repository.ts';
import { registerDeviceRoutes } from './devices.routes.ts';
import { devicesService } from './devices.service.ts';
import { createFrameTicker } from './frame-ticker.ts';
import { createLivePositions } from './live-positions.ts';
import { osmAndRoutes } from './osmand.routes.ts';
import { createPositionIngest } from './position-ingest.ts';
import { createTrackWriter } from './track-writer.ts';
import { tracksRepository } from './tracks.repository.ts';
import { createUnitsMetrics } from './units.metrics.ts';
import { unitsRepository } from './units.repository.ts';
import { registerUnitRoutes } from './units.routes.ts';
import { unitsService } from './units.service.ts';

/** How soon a roster or a device changed by another process counts here, and how often counts are stored. */
const FOLLOW_INTERVAL_MS = 5000;

/** Units, their devices, and the way of a position from the device to the consoles and to the track. */
export const unitsModule: Module = async (app, { db, sql, metrics, realtime, now }) => {
  const positions = createLivePositions();
  const tracks = tracksRepository(db, sql);
  const trackWriter = createTrackWriter({
    tracks,
    onError: (cause, waitingRows) => app.log.error({ err: cause, waitingRows }, 'track rows could not be stored'),
  });
  const units = unitsService({
    db,
    units: unitsRepository(db),
    tracks,
    positions,
    onRosterChange: (bureauId, revision) => realtime.toBureau(bureauId, 'roster:changed', { revision }),
  });
  const registry = createDeviceRegistry(devicesRepository(db));
  const ingest = createPositionIngest({ positions, tracks: trackWriter, boundsOf: units.boundsOf });
  const ticker = createFrameTicker(positions, realtime, now);
  const { countFix } = createUnitsMetrics(metrics, trackWriter.stats);

  registerUnitRoutes(app, units, now);
  registerDeviceRoutes(app, devicesService(db, takeOverChanges));
  await app.register(osmAndRoutes, { registry, ingest, countFix, now });

  async function takeOverChanges(): Promise<void> {
    await units.followRosters();
    await registry.reload();
  }
  async function follow(): Promise<void> {
    try {
      await registry.flushCounts();
      await takeOverChanges();
    } catch (cause) {
      app.log.error({ err: cause }, 'rosters and devices could not be followed');
    }
  }
  let following = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  app.addHook('onReady', async () => {
    await units.reloadRosters();
    await units.restorePositions();
    await registry.reload();
    await trackWriter.start();
    ticker.start();
    timer = setInterval(() => {
      following = following.then(follow);
    }, FOLLOW_INTERVAL_MS);
    timer.unref();
  });
  app.addHook('onClose', async () => {
    clearInterval(timer);
    ticker.stop();
    await following;
    await registry.flushCounts().catch((cause: unknown) => app.log.error({ err: cause }, 'device counts were lost'));
    await trackWriter.stop();
  });
};
