import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { RegisteredDevice } from '../registered-device.ts';
import type { CloseReason } from './close-reason.ts';
import { createEmergencyWatch } from '../emergency-watch.ts';
import { createJt808Session, type Jt808Session, type SessionDeps } from './jt808-session.ts';
import { createReplyWriter } from './reply-writer.ts';

export interface GatewayDeps
  extends Pick<SessionDeps, 'findDevice' | 'reception' | 'register' | 'onEmergency' | 'onError' | 'nowMs'> {
  metrics: SessionDeps['metrics'] & { countClosed(reason: CloseReason): void };
}

export interface GatewayLimits {
  /** Three heartbeats of the usual minute. */
  idleTimeoutMs: number;
  maxConnections: number;
  /** Of all connections together, for sub-packages. */
  assemblyBytes: number;
  /** Replies that a terminal does not read, before it is cut off. */
  unreadBytes: number;
}

export interface Jt808Gateway {
  /** Rejects as `net.Server` does: port in use, no such address. Answers the port. */
  listen(port: number, host: string): Promise<number>;
  /** Ends every connection. */
  close(): Promise<void>;
  connections(): number;
  authenticated(): number;
}

interface Connection {
  readonly socket: Socket;
  readonly session: Jt808Session;
  deviceId: number | undefined;
  cut: boolean;
}

const LIMITS: GatewayLimits = {
  idleTimeoutMs: 180_000,
  maxConnections: 20_000,
  assemblyBytes: 32 << 20,
  unreadBytes: 64 << 10,
};
const TICK_MS = 5000;

/** The TCP port of JT/T 808: sockets to sessions, and what has to end them. */
export function createJt808Gateway(deps: GatewayDeps, limits: Partial<GatewayLimits> = {}): Jt808Gateway {
  const { idleTimeoutMs, maxConnections, assemblyBytes, unreadBytes } = { ...LIMITS, ...limits };
  const connections = new Set<Connection>();
  const ofDevice = new Map<number, Connection>();
  const writer = createReplyWriter();
  const shared = {
    ...deps,
    writer,
    emergencies: createEmergencyWatch(),
    budget: { remainingBytes: assemblyBytes },
  };
  let timer: NodeJS.Timeout | undefined;

  function accept(socket: Socket): void {
    const session = createJt808Session(
      { ...shared, onAuthenticated: (device) => takeDevice(device, connection) },
      {
        address: socket.remoteAddress ?? '',
        send(bytes) {
          socket.write(bytes);
          if (socket.writableLength > unreadBytes) cut(connection, 'not_reading');
        },
        close: (reason) => cut(connection, reason),
      },
    );
    const connection: Connection = { socket, session, deviceId: undefined, cut: false };
    connections.add(connection);
    socket.on('data', (chunk) => {
      try {
        session.receive(chunk);
      } catch (cause) {
        // One terminal's line must not take the others' with it, nor leave it replies.
        writer.take();
        deps.onError(cause);
        cut(connection, 'failed');
      }
    });
    socket.setTimeout(idleTimeoutMs, () => {
      cut(connection, 'idle');
      socket.destroy();
    });
    // A line that breaks is no event; 'close' follows.
    socket.on('error', () => {});
    socket.on('close', () => {
      session.end();
      connections.delete(connection);
      leaveDevice(connection);
    });
  }

  /** A terminal that lost its line comes back on a new one long before the old one is known to be dead. */
  function takeDevice(device: RegisteredDevice, connection: Connection): void {
    leaveDevice(connection);
    const before = ofDevice.get(device.id);
    if (before !== undefined) cut(before, 'replaced');
    ofDevice.set(device.id, connection);
    connection.deviceId = device.id;
  }
  function leaveDevice(connection: Connection): void {
    const { deviceId } = connection;
    if (deviceId !== undefined && ofDevice.get(deviceId) === connection) ofDevice.delete(deviceId);
  }
  function cut(connection: Connection, reason: CloseReason): void {
    if (connection.cut) return;
    connection.cut = true;
    deps.metrics.countClosed(reason);
    connection.session.end();
    // The last answer still goes out, except to who reads none.
    if (reason === 'not_reading') connection.socket.destroy();
    else connection.socket.destroySoon();
  }

  const server = createServer({ noDelay: true }, accept);
  server.maxConnections = maxConnections;

  return {
    async listen(port, host) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      server.on('error', deps.onError);
      timer = setInterval(() => {
        const monotonicMs = performance.now();
        for (const { session } of connections) session.tick(monotonicMs);
      }, TICK_MS);
      timer.unref();
      return (server.address() as AddressInfo).port;
    },
    async close() {
      clearInterval(timer);
      if (!server.listening) return;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const { socket } of connections) socket.destroy();
      });
    },
    connections: () => connections.size,
    authenticated: () => ofDevice.size,
  };
}
