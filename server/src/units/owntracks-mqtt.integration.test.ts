import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Device, DeviceDetail } from '@xunfang/geo-data/contract';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../platform/index.ts';
import { findProgram, freePort } from '../testing/index.ts';
import { createUnitsFixture, LAT, LON, SOON, type UnitsFixture } from './testing/units-fixture.ts';

const MOSQUITTO = findProgram('mosquitto', 'OwnTracks over MQTT is not tested');
const MOSQUITTO_PASSWD = findProgram('mosquitto_passwd', 'OwnTracks over MQTT is not tested');

describe.skipIf(MOSQUITTO === undefined || MOSQUITTO_PASSWD === undefined)(
  'OwnTracks over MQTT, through Mosquitto',
  () => {
    let broker: Broker;
    let fixture: UnitsFixture;
    let phone: MqttClient;
    beforeAll(async () => {
      broker = await createBroker();
      await broker.start();
      const mqttUrl = `mqtt://server:server-secret@127.0.0.1:${broker.port}`;
      fixture = await createUnitsFixture({
        config: { ...loadConfig({ DATA_DIR: join(tmpdir(), 'xunfang-mqtt'), JT808_PORT: 'off' }), mqttUrl },
      });
      phone = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { username: 'liwei', password: 'phone-secret' });
    });
    afterAll(async () => {
      await phone?.endAsync(true);
      await fixture?.test.close();
      await broker?.close();
    });

    const location = (change: object = {}) => ({
      _type: 'location',
      lat: LAT,
      lon: LON,
      tst: Math.floor(Date.now() / 1000),
      acc: 9,
      vel: 12,
      ...change,
    });
    const publish = (topic: string, payload: unknown) =>
      phone.publishAsync(topic, typeof payload === 'string' ? payload : JSON.stringify(payload), { qos: 1 });

    async function enrol(identifier: string, mqttUser: string | null): Promise<void> {
      const payload = { identifier, unitId: fixture.unitIds[0], mqttUser };
      const url = '/api/devices?bureau=east';
      expect((await fixture.admin.inject({ method: 'POST', url, payload })).statusCode).toBe(201);
    }
    /** Asked one by one, so that its counts are stored first. */
    async function deviceOf(identifier: string): Promise<Device | undefined> {
      const id = (await fixture.devicesOf('east')).find((device) => device.identifier === identifier)?.id ?? 0;
      return (await fixture.admin.inject({ url: `/api/devices/${id}` })).json<DeviceDetail>().device;
    }

    it('takes the positions of a device marked with the topic’s user, and of no other', async () => {
      await enrol('phone-7', 'liwei');
      await enrol('phone-8', 'wangfang');
      await enrol('phone-9', null);
      await publish('owntracks/liwei/phone-8', location());
      await publish('owntracks/liwei/phone-9', location());
      await publish('owntracks/liwei/phone-7', { _type: 'lwt', tst: 1 });
      await publish('owntracks/liwei/phone-7', location());
      await publish('owntracks/liwei/phone-7', '{ no json');
      await expect
        .poll(() => deviceOf('phone-7'), SOON)
        .toMatchObject({ messages: 3, accepted: 1, refusedByReason: { malformed: 1 } });
      expect(await deviceOf('phone-8')).toMatchObject({ messages: 0, lastSeenAt: null });
      expect(await deviceOf('phone-9')).toMatchObject({ messages: 0, lastSeenAt: null });
      await expect.poll(async () => (await fixture.trailOf(fixture.unitIds[0])).points.length, SOON).toBe(1);
      const metrics = await fixture.test.app.inject({ url: '/metrics' });
      expect(metrics.body).toContain('xunfang_device_messages_total{protocol="owntracks",outcome="unknown_device"} 2');
    });

    it('goes on listening when the broker was away', async () => {
      const before = (await deviceOf('phone-7'))?.messages ?? 0;
      await broker.stop();
      await broker.start();
      // The server tries again within five seconds; a retained message waits for it, as phones leave theirs.
      await phone.publishAsync('owntracks/liwei/phone-7', JSON.stringify(location()), { qos: 1, retain: true });
      await expect
        .poll(async () => (await deviceOf('phone-7'))?.messages, { timeout: 20_000, interval: 300 })
        .toBeGreaterThan(before);
    });
  },
);

interface Broker {
  port: number;
  start(): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** A broker with accounts, in which a user publishes below the own name only, as it should be run. */
async function createBroker(): Promise<Broker> {
  const folder = await mkdtemp(join(tmpdir(), 'xunfang-mosquitto-'));
  const port = await freePort();
  const passwords = join(folder, 'passwords');
  await writeFile(passwords, 'server:server-secret\nliwei:phone-secret\n', { mode: 0o600 });
  execFileSync(MOSQUITTO_PASSWD as string, ['-U', passwords]);
  await writeFile(join(folder, 'acl'), 'pattern write owntracks/%u/#\n\nuser server\ntopic read owntracks/#\n', {
    mode: 0o600,
  });
  const settings = [
    `listener ${port} 127.0.0.1`,
    `password_file ${passwords}`,
    `acl_file ${join(folder, 'acl')}`,
    // Run by root it would become another user, who may not read the folder.
    ...(process.getuid?.() === 0 ? ['user root'] : []),
  ];
  await writeFile(join(folder, 'mosquitto.conf'), `${settings.join('\n')}\n`);
  let child: ChildProcess | undefined;

  async function stop(): Promise<void> {
    if (child === undefined || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill();
    await exited;
  }
  return {
    port,
    stop,
    async start() {
      child = spawn(MOSQUITTO as string, ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' });
      for (let tries = 0; tries < 100 && !(await isListening(port)); tries++) await delay(50);
    },
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('close', () => socket.destroy());
    socket.on('connect', () => socket.end());
  });
}
