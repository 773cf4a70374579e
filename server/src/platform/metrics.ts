import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** One registry per application, so that tests can build many. Modules add theirs with `registers: [metrics.registry]`. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'xunfang_' });
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'xunfang_http_request_seconds',
      help: 'Time to answer, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    }),
    signIns: new Counter({
      name: 'xunfang_sign_ins_total',
      help: 'Attempts to sign in, by outcome.',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    queuedBytes: new Gauge({
      name: 'xunfang_socket_queued_bytes',
      help: 'What waits in memory for consoles that read too slowly.',
      registers: [registry],
    }),
    cutOff: new Gauge({
      name: 'xunfang_socket_cut_off',
      help: 'Connections ended because the console did not read, since the start.',
      registers: [registry],
    }),
    framesPassedOver: new Gauge({
      name: 'xunfang_position_frames_passed_over',
      help: 'Frames not sent to a console for which something still waited, since the start.',
      registers: [registry],
    }),
    connections: new Gauge({ name: 'xunfang_socket_connections', help: 'Open consoles.', registers: [registry] }),
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
