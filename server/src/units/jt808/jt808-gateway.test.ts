import { afterEach, describe, expect, it } from 'vitest';
import { createTcpProxy } from '../../testing/tcp-proxy.ts';
import { createReception } from '../reception.ts';
import { createRegisteredDevice } from '../registered-device.ts';
import type { CloseReason } from './close-reason.ts';
import { createJt808Gateway, type GatewayLimits, type Jt808Gateway } from './jt808-gateway.ts';
import { MESSAGE } from './jt808-message.ts';
import { CODE, PHONE } from './testing/session-fixture.ts';
import { connectTerminal } from './testing/terminal-client.ts';
import { authenticationFrame, locationBody, terminalFrame } from './testing/terminal-frames.ts';

const open: Jt808Gateway[] = [];
afterEach(async () => {
  for (const gateway of open.splice(0)) await gateway.close();
});

async function start(limits: Partial<GatewayLimits>, onFix: () => void = () => {}) {
  const device = createRegisteredDevice({ id: 1, bureauId: 1, identifier: PHONE, unitId: 1 });
  const closed: CloseReason[] = [];
  const errors: unknown[] = [];
  const gateway = createJt808Gateway(
    {
      findDevice: (code) => (code === CODE ? device : undefined),
      reception: createReception({
        ingest: () => {
          onFix();
          return 'live';
        },
        countFix: () => {},
        countMessage: () => {},
      }),
      register: () => Promise.resolve(undefined),
      onEmergency: () => {},
      onError: (cause) => errors.push(cause),
      metrics: { countMessage: () => {}, countFault: () => {}, countClosed: (reason) => closed.push(reason) },
      nowMs: Date.now,
    },
    limits,
  );
  open.push(gateway);
  return { gateway, closed, errors, port: await gateway.listen(0, '127.0.0.1') };
}
const heartbeat = terminalFrame({ id: MESSAGE.heartbeat, phone: PHONE });

describe('gateway', () => {
  it('ends a line on which nothing comes any more', async () => {
    const { gateway, closed, port } = await start({ idleTimeoutMs: 150 });
    const terminal = await connectTerminal(port);
    expect(await terminal.ask(authenticationFrame(PHONE, CODE))).toBe(0);
    expect([gateway.connections(), gateway.authenticated()]).toEqual([1, 1]);
    // The other end is silent, as one that lost its power: the line itself looks whole.
    await terminal.closed;
    expect(closed).toEqual(['idle']);
    await expect.poll(() => [gateway.connections(), gateway.authenticated()]).toEqual([0, 0]);
  });

  it('lets a terminal go whose line died without a word, and takes it back on a new one', async () => {
    const { gateway, closed, port } = await start({ idleTimeoutMs: 300 });
    const network = await createTcpProxy(() => [port]);
    const terminal = await connectTerminal(network.port);
    expect(await terminal.ask(authenticationFrame(PHONE, CODE))).toBe(0);
    network.swallow();
    // It still speaks, and nobody hears.
    terminal.send(heartbeat);
    await expect.poll(() => [gateway.connections(), gateway.authenticated()]).toEqual([0, 0]);
    expect(closed).toEqual(['idle']);
    network.pass();
    const again = await connectTerminal(network.port);
    expect(await again.ask(authenticationFrame(PHONE, CODE))).toBe(0);
    expect(gateway.authenticated()).toBe(1);
    terminal.socket.destroy();
    again.socket.destroy();
    await network.close();
  });

  it('cuts off a terminal that sends and does not read', async () => {
    const { closed, port } = await start({ unreadBytes: 4096 });
    const terminal = await connectTerminal(port);
    expect(await terminal.ask(authenticationFrame(PHONE, CODE))).toBe(0);
    terminal.socket.pause();
    const many = Buffer.concat(Array.from({ length: 50_000 }, () => heartbeat));
    for (let i = 0; i < 40 && closed.length === 0; i++) {
      terminal.send(many);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(closed).toEqual(['not_reading']);
    terminal.socket.destroy();
  });

  it('loses one line and no other when something breaks behind it', async () => {
    const { gateway, closed, errors, port } = await start({}, () => {
      throw new Error('a fault of ours');
    });
    const [broken, other] = [await connectTerminal(port), await connectTerminal(port)];
    expect(await broken.ask(authenticationFrame(PHONE, CODE))).toBe(0);
    const body = locationBody({ lon: 104, lat: 30, atMs: Date.now() });
    broken.send(Buffer.concat([heartbeat, terminalFrame({ id: MESSAGE.position, phone: PHONE, body })]));
    await broken.closed;
    expect([closed, errors.length]).toEqual([['failed'], 1]);
    // Nothing of the broken line's replies came here.
    expect(await other.ask(heartbeat)).toBe(1);
    await expect.poll(() => gateway.connections()).toBe(1);
    other.socket.destroy();
  });

  it('takes no more lines than it may', async () => {
    const { port } = await start({ maxConnections: 1 });
    const first = await connectTerminal(port);
    const second = await connectTerminal(port);
    await second.closed;
    expect(await first.ask(heartbeat)).toBe(1);
    first.socket.destroy();
  });
});
