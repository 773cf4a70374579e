import {
  BureauQuerySchema,
  GeofenceChangeSchema,
  GeofenceEventListSchema,
  GeofenceEventQuerySchema,
  GeofenceInputSchema,
  GeofenceSchema,
  IdParamsSchema,
  RELIABLE_EVENT_ROLES,
} from '@xunfang/geo-data/contract';
import type { FastifyRequest } from 'fastify';
import { Counter, Gauge } from 'prom-client';
import Type from 'typebox';
import { type Access, actorOf, type Module } from '../platform/index.ts';
import type { UnitSignals } from '../units/index.ts';
import { writeCrossings } from './crossing-writer.ts';
import { createFenceWatch } from './fence-watch.ts';
import { geofencesRepository } from './geofences.repository.ts';
import { geofencesService } from './geofences.service.ts';
import './messages.geofences.ts';

const readInBureau: Access = { roles: RELIABLE_EVENT_ROLES['geofence:crossed'], bureau: 'query' };
const changeInBureau: Access = { roles: ['supervisor', 'admin'], bureau: 'query' };
const doerOf = (request: FastifyRequest) => ({ actor: actorOf(request.caller), address: request.ip });
const TICK_MS = 1000;

export const geofencesModule: Module<{ signals: UnitSignals }> = async (app, deps) => {
  const { db, signals, outbox, metrics, now } = deps;
  const service = geofencesService({ db, now });

  app.get(
    '/api/geofences',
    {
      config: { access: readInBureau },
      schema: {
        summary: 'The fences of the bureau, and who is in them.',
        querystring: BureauQuerySchema,
        response: { 200: Type.Object({ geofences: Type.Array(GeofenceSchema) }) },
      },
    },
    async (request) => ({ geofences: await service.list(request.bureau.id) }),
  );

  app.get(
    '/api/geofences/events',
    {
      config: { access: readInBureau },
      schema: {
        summary: 'Who entered and left which fence, newest first.',
        querystring: Type.Interface([BureauQuerySchema, GeofenceEventQuerySchema], {}),
        response: { 200: GeofenceEventListSchema },
      },
    },
    (request) => service.events(request.bureau.id, request.query),
  );

  app.post(
    '/api/geofences',
    {
      config: { access: changeInBureau },
      schema: { querystring: BureauQuerySchema, body: GeofenceInputSchema, response: { 201: GeofenceSchema } },
    },
    async (request, reply) =>
      reply.code(201).send(await service.create(request.bureau.id, request.body, doerOf(request))),
  );

  app.put(
    '/api/geofences/:id',
    {
      config: { access: changeInBureau },
      schema: {
        summary: 'Changes a fence, unless another has changed it since `revision`.',
        querystring: BureauQuerySchema,
        params: IdParamsSchema,
        body: GeofenceChangeSchema,
        response: { 200: GeofenceSchema },
      },
    },
    (request) => service.change(request.bureau.id, request.params.id, request.body, doerOf(request)),
  );

  app.delete(
    '/api/geofences/:id',
    {
      config: { access: changeInBureau },
      schema: { querystring: BureauQuerySchema, params: IdParamsSchema, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await service.remove(request.bureau.id, request.params.id, doerOf(request));
      return reply.code(204).send(null);
    },
  );

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
  signals.onFix(watch.take);
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
