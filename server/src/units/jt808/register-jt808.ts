import { type Config, type Db, type Metrics, StartupError } from '../../platform/index.ts';
import type { DeviceRegistry } from '../device-registry.ts';
import type { DevicesService } from '../devices.service.ts';
import type { Reception } from '../reception.ts';
import type { UnitsApp } from '../units-app.ts';
import { createJt808Metrics } from './jt808.metrics.ts';
import { registerJt808Routes } from './jt808.routes.ts';
import { jt808Enrolment } from './jt808-enrolment.service.ts';
import { createJt808Gateway } from './jt808-gateway.ts';
import type { Jt808Emergency } from './jt808-session.ts';

interface Jt808Deps {
  config: Config;
  db: Db;
  metrics: Metrics;
  registry: Pick<DeviceRegistry, 'find'>;
  devices: DevicesService;
  reception: Reception;
  /** Told beside the log and the count. */
  onEmergency?: (emergency: Jt808Emergency) => void;
  /** Takes over a key that was made here. */
  onChange: () => Promise<void>;
  now: () => Date;
}

/** The gateway as the rest of the server sees it. */
export interface Jt808 {
  /** null: no terminal can connect. */
  port(): number | null;
  /** Stores who asked to register. */
  flushKnocks(): Promise<void>;
}

/** The JT/T 808 gateway as a part of the server: its port opens when the app is ready, after what was registered before. */
export function registerJt808(app: UnitsApp, deps: Jt808Deps): Jt808 {
  const { config, db, registry, reception, now, onChange } = deps;
  const metrics = createJt808Metrics(deps.metrics, () => ({
    connections: gateway.connections(),
    authenticated: gateway.authenticated(),
  }));
  const enrolment = jt808Enrolment({ db, devices: deps.devices, now, onChange });
  registerJt808Routes(app, deps.devices, enrolment);
  const gateway = createJt808Gateway({
    findDevice: (code) => registry.find(code),
    reception,
    register: (registration, address) => enrolment.register(registration, address),
    onEmergency(emergency) {
      const { device, change, fixedAtMs } = emergency;
      const { id: deviceId, bureauId, unitId } = device;
      if (change !== 'cleared') metrics.countEmergency();
      app.log.warn({ deviceId, bureauId, unitId, fixedAtMs }, `emergency ${change} by a terminal`);
      deps.onEmergency?.(emergency);
    },
    onError: (cause) => app.log.error({ err: cause }, 'JT/T 808 gateway'),
    nowMs: () => now().getTime(),
    metrics,
  });

  const { jt808Port, host } = config;
  let openPort: number | null = null;
  const part: Jt808 = { port: () => openPort, flushKnocks: enrolment.flush };
  if (jt808Port === null) return part;
  app.addHook('onReady', async () => {
    try {
      const port = await gateway.listen(jt808Port, host);
      openPort = port;
      app.log.info({ host, port }, 'JT/T 808 gateway listening');
    } catch (cause) {
      throw listenFailure(cause as NodeJS.ErrnoException, host, jt808Port);
    }
  });
  app.addHook('onClose', () => gateway.close());
  return part;
}

function listenFailure(cause: NodeJS.ErrnoException, host: string, port: number): Error {
  if (cause.code === 'EADDRINUSE')
    return new StartupError(
      `JT/T 808 端口 ${port} 已被占用，请用 JT808_PORT=其他端口 启动，或以 JT808_PORT=off 关闭。`,
      `JT/T 808 port ${port} is in use; start with JT808_PORT=another, or JT808_PORT=off.`,
      { cause },
    );
  const { message } = cause;
  return new StartupError(
    `JT/T 808 无法监听 ${host}:${port}：${message}`,
    `JT/T 808 cannot listen on ${host}:${port}: ${message}`,
    { cause },
  );
}
