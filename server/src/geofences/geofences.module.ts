import { Counter, Gauge } from 'prom-client';
import type { Module } from '../platform/index.ts';
import type { UnitSignals } from '../units/index.ts';
import { writeCrossings } from './crossing-writer.ts';
import { createFenceWatch } from './fence-watch.ts';
import { geofencesRepository } from './geofences.repository.ts';
import { registerGeofenceRoutes } from './geofences.routes.ts';
import { geofencesService } from './geofences.service.ts';

const TICK_MS = 1000;

/** Fences, and the watch over them beside the way of positions. */
export const geofencesModule: Module<{ signals: UnitSignals }> = async (app, deps) => {
  const { db, signals, outbox, metrics, now } = deps;
  registerGeofenceRoutes(app, geofencesService({ db, now }));

  const crossings = new Counter({
    name: 'xunfang_geofence_crossings_total',
    help: 'Crossings of fences that this process stored.',
    labelNames: ['crossing'],
    registers: [metrics.registry],
  });
  const watch = createFenceWatch({
    repository: geofencesRepository(db),
    write: async (bureauId, batch) => {
      for (const { crossing } of await writeCrossings(db, bureauId, batch, now())) crossings.inc({ crossing });
    },
    now,
    log: app.log,
  });
  const dropped: Gauge = new Gauge({
    name: 'xunfang_geofence_fixes_dropped',
    help: 'Fixes that no fence was asked about, because too many came within a second.',
    collect: () => dropped.set(watch.dropped()),
    registers: [metrics.registry],
  });
  signals.onFix((...fix) => watch.take(...fix));
  // Whoever changed it, also another process: this one must know before its consoles do.
  outbox.beforeDelivery('geofence:changed', watch.reloadFences);
  outbox.beforeDelivery('geofence:crossed', watch.reloadPresence);
  outbox.beforeDelivery('roster:changed', watch.reloadUnits);
  let timer: NodeJS.Timeout | undefined;
  const tick = () =>
    void watch.tick().catch((cause: unknown) => app.log.error({ err: cause }, 'fences could not be looked at'));
  app.addHook('onReady', async () => {
    await watch.loadAll();
    timer = setInterval(tick, TICK_MS);
    timer.unref();
  });
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await watch.tick().catch((cause: unknown) => app.log.error({ err: cause }, 'fences could not be looked at'));
  });
};
