import { installationId, type Module } from '../platform/index.ts';
import { createDeviceEmergencies } from './device-emergencies.ts';
import { createDeviceRegistry } from './device-registry.ts';
import { devicesRepository } from './devices.repository.ts';
import { registerDeviceRoutes } from './devices.routes.ts';
import { devicesService } from './devices.service.ts';
import { createFrameTicker } from './frame-ticker.ts';
import { registerJt808 } from './jt808/register-jt808.ts';
import { createLivePositions } from './live-positions.ts';
import { osmAndRoutes } from './osmand.routes.ts';
import { ownTracksRoutes } from './owntracks.routes.ts';
import { listenToOwnTracks } from './owntracks-mqtt.ts';
import { positionBatchRoutes } from './position-batches.routes.ts';
import { createPositionIngest, type PositionIngest } from './position-ingest.ts';
import { registerPositionSettingsRoutes } from './position-settings.routes.ts';
import { positionSettingsService } from './position-settings.service.ts';
import { quarantineRepository } from './quarantine.repository.ts';
import { createQuarantine } from './quarantine.ts';
import { createReception } from './reception.ts';
import { createSharedPositions } from './shared-positions.ts';
import { createTrackWriter } from './track-writer.ts';
import { tracksRepository } from './tracks.repository.ts';
import type { UnitSignals } from './unit-signals.ts';
import { createUnitsMetrics } from './units.metrics.ts';
import { unitsRepository } from './units.repository.ts';
import { registerUnitRoutes } from './units.routes.ts';
import { unitsService } from './units.service.ts';

/** How soon a roster or a device changed by another process counts here, and how often counts are stored. */
const FOLLOW_INTERVAL_MS = 5000;

/** Units, their devices, and the way of a position from the device to the consoles and to the track. */
export const unitsModule: Module<{ signals: UnitSignals }> = async (app, deps) => {
  const { config, db, sql, metrics, realtime, outbox, notices, sharedRows, signals, now } = deps;
  const positions = createLivePositions();
  const tracks = tracksRepository(db, sql);
  const trackWriter = createTrackWriter({
    tracks,
    onError: (cause, waitingRows) => app.log.error({ err: cause, waitingRows }, 'track rows could not be stored'),
  });
  const refused = quarantineRepository(db);
  const units = unitsService({ units: unitsRepository(db), tracks, positions, quarantine: refused });
  const registry = createDeviceRegistry(devicesRepository(db), now);
  const quarantine = createQuarantine(refused);
  const shared = createSharedPositions(positions, registry);
  const bringToPlaces = createPositionIngest({
    positions,
    tracks: trackWriter,
    rulesOf: units.rulesOf,
    quarantine,
    notePlaceOf: sharedRows.state() === 'alone' ? undefined : shared.note,
  });
  const ingest: PositionIngest = (device, fix, nowMs) => {
    const outcome = bringToPlaces(device, fix, nowMs);
    if (outcome === 'live') signals.tellFix(device, fix);
    return outcome;
  };
  const emergencies = createDeviceEmergencies({ positions, tell: (emergency) => signals.tellEmergency(emergency) });
  const ticker = createFrameTicker(positions, realtime, now);
  const reception = createReception({ ingest, emergencies, ...createUnitsMetrics(metrics, trackWriter.stats) });
  const devices = devicesService(db, takeOverAndTell);

  registerUnitRoutes(app, units, now);
  registerPositionSettingsRoutes(app, positionSettingsService(db, units));
  const ways = () => ({ jt808Port: jt808.port(), mqtt: config.mqttUrl !== null });
  registerDeviceRoutes(app, { devices, flush: storeWhatWasHeard, ways, now });
  await app.register(osmAndRoutes, { registry, reception, now });
  await app.register(ownTracksRoutes, { registry, reception, now });
  await app.register(positionBatchRoutes, { registry, reception, now });

  // Consoles that hear of a new roster ask for it at once.
  outbox.beforeDelivery('roster:changed', () => units.followRosters());

  async function storeWhatWasHeard(): Promise<void> {
    await registry.flushCounts();
    await quarantine.flush();
  }
  async function takeOverChanges(): Promise<void> {
    await units.followRosters();
    await registry.reload();
  }
  /** Changed here: the other processes should let it in, or keep it out, at once. */
  async function takeOverAndTell(): Promise<void> {
    await takeOverChanges();
    notices.tell('devices:changed', {});
  }
  notices.on(
    'devices:changed',
    () => void takeOverChanges().catch((cause: unknown) => app.log.warn({ err: cause }, 'a change was not followed')),
  );
  const storing = [() => registry.flushCounts(), () => quarantine.flush(), () => jt808.flushKnocks()];
  /** One that fails must not keep the others from being done. */
  async function tryEach(steps: (() => Promise<void>)[], failure: string): Promise<void> {
    for (const step of steps) await step().catch((cause: unknown) => app.log.error({ err: cause }, failure));
  }
  const follow = () => tryEach([...storing, takeOverChanges], 'rosters and devices could not be followed');
  let following = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let mqtt: ReturnType<typeof listenToOwnTracks> | undefined;

  app.addHook('onReady', async () => {
    await units.reloadRosters();
    await units.restorePositions();
    await registry.reload();
    // Newer than what the tracks know, and where each device was last believed.
    await sharedRows.start(shared, await installationId(db));
    await trackWriter.start();
    ticker.start();
    timer = setInterval(() => {
      following = following.then(follow);
    }, FOLLOW_INTERVAL_MS);
    timer.unref();
    const { mqttUrl } = config;
    if (mqttUrl !== null) mqtt = listenToOwnTracks({ url: mqttUrl, registry, reception, now, log: app.log });
  });
  app.addHook('onClose', async () => {
    clearInterval(timer);
    ticker.stop();
    await mqtt?.stop();
    await sharedRows.stop();
    await following;
    await tryEach(storing, 'what was heard of devices was lost');
    await trackWriter.stop();
  });
  // Last: its port opens after what its terminals need, and closes before.
  const jt808 = registerJt808(app, {
    config,
    db,
    metrics,
    registry,
    reception,
    devices,
    onEmergency: ({ device, change, fixedAtMs }) => emergencies.tellChange(device, change, fixedAtMs),
    onChange: takeOverAndTell,
    now,
  });
};
