import { describe, expect, it } from 'vitest';
import { MESSAGE } from './jt808-message.ts';
import { ASSEMBLY_BYTES, CODE, createSessionFixture, PHONE } from './testing/session-fixture.ts';
import {
  authenticationFrame,
  batchBody,
  generalReplies,
  locationBody,
  readReplies,
  terminalFrame,
} from './testing/terminal-frames.ts';

const AT_MS = Date.UTC(2026, 10, 23, 4, 0, 0);
const place = { lon: 104.04, lat: 30.64, atMs: AT_MS, speedKmh: 36.5, headingDegrees: 271 };
const position = (change: Parameters<typeof locationBody>[0] = place, sequence = 9) =>
  terminalFrame({ id: MESSAGE.position, phone: PHONE, sequence, body: locationBody(change) });
const heartbeat = (phone = PHONE) => terminalFrame({ id: MESSAGE.heartbeat, phone });

function known(options: Parameters<typeof createSessionFixture>[0] = {}) {
  const fixture = createSessionFixture(options);
  fixture.authenticate();
  return fixture;
}
function withBadChecksum(frame: Uint8Array): Uint8Array {
  const bad = frame.slice();
  bad[bad.length - 2] ^= 1;
  return bad;
}

describe('who is not authenticated', () => {
  it('is answered with failure, and nothing of it is taken', () => {
    const { results, fixes, device } = createSessionFixture();
    expect(results(position(), heartbeat(), terminalFrame({ id: MESSAGE.logout, phone: PHONE }))).toEqual([1, 1, 1]);
    expect([fixes, device.messages]).toEqual([[], 0]);
  });

  it('does not get in with a wrong code, nor with the code of another number', () => {
    const { results } = createSessionFixture();
    expect(results(authenticationFrame(PHONE, 'wrong'), authenticationFrame('13800000000', CODE))).toEqual([1, 1]);
    expect(results(position())).toEqual([1]);
  });

  it('is cut off after ten refusals, and after a minute', () => {
    const many = createSessionFixture();
    expect(many.results(...Array.from({ length: 12 }, () => heartbeat())).length).toBe(10);
    expect(many.closed()).toBe('too_many_refusals');
    const slow = createSessionFixture();
    slow.session.tick(performance.now() + 59_000);
    expect(slow.closed()).toBeUndefined();
    slow.session.tick(performance.now() + 61_000);
    expect(slow.closed()).toBe('not_authenticated');
  });
});

describe('who is', () => {
  it('reports positions in our units', () => {
    const { results, fixes, device } = known();
    expect(results(position())).toEqual([0]);
    const { lon, lat, speedKmh, headingDegrees } = place;
    expect(fixes).toEqual([
      {
        lon,
        lat,
        speedKmh,
        headingDegrees,
        fixedAtMs: AT_MS,
        accuracyMeters: Number.NaN,
        statusCode: -1,
        valid: true,
        sos: false,
      },
    ]);
    expect(device).toMatchObject({ messages: 1, accepted: 1 });
    expect(JSON.stringify(device.lastMessage)).toMatch(/"protocol":"jt808","raw":"0200001c013912345678/);
  });

  it('may be in the edition of 2019, south and west, without a position', () => {
    const { exchange, results, fixes } = createSessionFixture();
    const body = Uint8Array.from([CODE.length, ...Buffer.from(CODE), ...new Uint8Array(35)]);
    const edition2019 = { phone: PHONE, edition2019: true };
    const [reply] = readReplies(exchange(terminalFrame({ id: MESSAGE.authentication, ...edition2019, body })));
    expect([reply.id, reply.phone, reply.body.at(-1)]).toEqual([0x8001, PHONE.padStart(20, '0'), 0]);
    const far = locationBody({ ...place, lon: -57.602956, lat: -25.269608, located: false });
    expect(results(terminalFrame({ id: MESSAGE.position, ...edition2019, body: far }))).toEqual([0]);
    expect(fixes[0]).toMatchObject({ lon: -57.602956, lat: -25.269608, valid: false });
  });

  it('sends late positions in a batch, oldest first', () => {
    const { results, fixes } = known();
    const reports = [3, 2, 1].map((minutes) => locationBody({ ...place, atMs: AT_MS - minutes * 60_000 }));
    expect(results(terminalFrame({ id: MESSAGE.positionBatch, phone: PHONE, body: batchBody(reports) }))).toEqual([0]);
    expect(fixes.map(({ fixedAtMs }) => (AT_MS - fixedAtMs) / 60_000)).toEqual([3, 2, 1]);
  });

  it('hears that a body is wrong, keeps what could be read, and goes on', () => {
    const { results, fixes, device } = known();
    const short = terminalFrame({ id: MESSAGE.position, phone: PHONE, body: new Uint8Array(27) });
    const batch = batchBody([locationBody(place), new Uint8Array(3)]);
    expect(results(short, terminalFrame({ id: MESSAGE.positionBatch, phone: PHONE, body: batch }))).toEqual([2, 2]);
    expect([fixes.length, device.refusedByReason.get('malformed')]).toEqual([1, 2]);
    expect(results(position())).toEqual([0]);
  });

  it('survives a bad checksum and a wrong length, which are counted and answered', () => {
    const { exchange, results, faults, closed } = known();
    const frame = position(place, 77);
    expect(generalReplies(exchange(withBadChecksum(frame)))).toEqual([[77, MESSAGE.position, 2]]);
    const lying = terminalFrame({ id: MESSAGE.heartbeat, phone: PHONE, encryption: 0 });
    // One more in the length field, one more in the checksum.
    lying[4] ^= 1;
    lying[lying.length - 2] ^= 1;
    expect(results(lying)).toEqual([2]);
    expect(exchange(Uint8Array.from([0x7e, 1, 2, 0x7e])).length).toBe(0);
    expect(faults).toEqual(['checksum', 'length', 'short']);
    expect([results(frame), closed()]).toEqual([[0], undefined]);
  });

  it('is told what is not supported, and nothing when it answers itself', () => {
    const { results, exchange } = known();
    expect(results(terminalFrame({ id: 0x0801, phone: PHONE }))).toEqual([3]);
    expect(results(terminalFrame({ id: MESSAGE.position, phone: PHONE, encryption: 1 }))).toEqual([3]);
    const body = new Uint8Array(5);
    expect(exchange(terminalFrame({ id: MESSAGE.terminalReply, phone: PHONE, body })).length).toBe(0);
  });

  it('speaks for one number only, and for none after it logs out', () => {
    const { results } = known();
    expect(results(heartbeat(), heartbeat('13800000000'))).toEqual([0, 1]);
    expect(results(terminalFrame({ id: MESSAGE.logout, phone: PHONE }), position())).toEqual([0, 1]);
  });

  it('stops at once when its device is revoked', () => {
    const { results, devices, fixes, closed } = known();
    devices.clear();
    expect(results(position())).toEqual([1]);
    expect([fixes, closed()]).toEqual([[], 'revoked']);
  });

  it('is limited in how much it says, but not in calling for help', () => {
    const { results, fixes, emergencies } = known({ messagesPerMinute: 1, nowMs: () => AT_MS });
    const answers = results(...Array.from({ length: 50 }, () => position()));
    expect(answers.at(-1)).toBe(1);
    expect(fixes.length).toBeLessThan(50);
    results(position({ ...place, alarm: 1 }));
    expect(emergencies.map(({ change }) => change)).toEqual(['raised']);
  });

  it('says itself that its coordinates are shifted', () => {
    const shifted = { ...place, status: 1 << 5 };
    const plain = known();
    plain.results(position(shifted));
    // GCJ-02 lies some 300 m from WGS 84 here.
    expect(Math.abs(plain.fixes[0].lon - place.lon)).toBeGreaterThan(0.001);
    const declared = known({ coordinateSystem: 'GCJ02' });
    declared.results(position(shifted));
    expect(declared.fixes[0].lon).toBe(place.lon);
  });

  it('has no place at a time that is no time', () => {
    const { results, fixes } = known({ nowMs: () => AT_MS });
    const body = locationBody(place);
    body.fill(0xff, 22, 28);
    expect(results(terminalFrame({ id: MESSAGE.position, phone: PHONE, body }))).toEqual([0]);
    expect(fixes[0]).toMatchObject({ valid: false, fixedAtMs: AT_MS });
  });
});

describe('the emergency button', () => {
  it('is told when it is pressed and when it is released, not in every report between', () => {
    const { exchange, emergencies } = known();
    const at = (seconds: number, alarm: number, located = true) =>
      position({ ...place, atMs: AT_MS + seconds * 1000, alarm, located });
    exchange(at(0, 0), at(1, 1, false), at(2, 1), at(3, 3), at(4, 2), at(5, 0));
    expect(emergencies.map(({ change, fixedAtMs, lon }) => [change, fixedAtMs - AT_MS, lon])).toEqual([
      ['raised', 1000, Number.NaN],
      ['cleared', 4000, place.lon],
    ]);
  });

  it('pressed while there was no network is told late, once, and changes nothing of now', () => {
    const { exchange, emergencies } = known();
    const at = (seconds: number, alarm: number) => locationBody({ ...place, atMs: AT_MS + seconds * 1000, alarm });
    const send = (body: Uint8Array) => terminalFrame({ id: MESSAGE.position, phone: PHONE, body });
    exchange(send(at(0, 1)), send(at(1, 0)));
    const late = batchBody([at(-30, 1), at(-20, 1), at(-10, 0)]);
    exchange(terminalFrame({ id: MESSAGE.positionBatch, phone: PHONE, body: late }));
    expect(emergencies.map(({ change }) => change)).toEqual(['raised', 'cleared', 'raised_late']);
  });
});

describe('sub-packages', () => {
  const reports = Array.from({ length: 60 }, (_, i) => locationBody({ ...place, atMs: AT_MS + i * 1000 }));
  const whole = batchBody(reports);
  const parts = [whole.subarray(0, 700), whole.subarray(700, 1400), whole.subarray(1400)];
  const part = (i: number, sequence = 100 + i, packages = parts.length) =>
    terminalFrame({
      id: MESSAGE.positionBatch,
      phone: PHONE,
      sequence,
      packages,
      packageIndex: i + 1,
      body: parts[i % parts.length],
    });

  it('are put together in any order, a repeated one once', () => {
    const { results, fixes, budget } = known();
    expect(results(part(2), part(0), part(0))).toEqual([0, 0, 0]);
    expect([fixes.length, budget.remainingBytes < ASSEMBLY_BYTES]).toEqual([0, true]);
    expect(results(part(1))).toEqual([0]);
    expect([fixes.length, budget.remainingBytes]).toEqual([60, ASSEMBLY_BYTES]);
  });

  it('that do not come are asked for once, then given up', () => {
    const { results, session, sent, budget } = known();
    results(part(0), part(2));
    const started = performance.now();
    session.tick(started + 6000);
    session.tick(started + 7000);
    const asked = readReplies(sent());
    expect(asked.map(({ id, body }) => [id, [...body]])).toEqual([[0x8003, [0, 100, 1, 0, 2]]]);
    session.tick(started + 40_000);
    expect([budget.remainingBytes, session.waitingBytes()]).toEqual([ASSEMBLY_BYTES, 0]);
  });

  it('are refused when they fit nothing, and held within bounds', () => {
    const { results, session, budget } = known();
    const outside = { id: MESSAGE.positionBatch, phone: PHONE, packages: 2, packageIndex: 3 };
    expect(results(terminalFrame(outside), terminalFrame({ ...outside, packageIndex: 0 }))).toEqual([2, 2]);
    expect(results(part(0, 100, 65_535))).toEqual([2]);
    for (let i = 0; i < 50; i++) results(part(0, 1000 * i));
    expect(session.waitingBytes()).toBe(2 * 700);
    budget.remainingBytes = 10;
    expect(results(part(1, 60_001))).toEqual([2]);
    session.end();
    expect(session.waitingBytes()).toBe(0);
  });
});

describe('registration', () => {
  const body = Uint8Array.from([...new Uint8Array(37), ...Buffer.from('bea9413132333435', 'hex')]);
  const frame = terminalFrame({ id: MESSAGE.registration, phone: PHONE, sequence: 5, body });

  it('gives a code to whom the administrator let in', async () => {
    const { exchange, registrations, sent } = createSessionFixture({ register: () => Promise.resolve('new-code') });
    expect(exchange(frame).length).toBe(0);
    await Promise.resolve();
    const [{ id, body: answer }] = readReplies(sent());
    expect([id, answer[2], Buffer.from(answer.subarray(3)).toString()]).toEqual([0x8100, 0, 'new-code']);
    expect(registrations[0]).toMatchObject({ phone: PHONE, plate: '京A12345' });
  });

  it('gives none to anybody else, and says the same whoever asks', async () => {
    const { exchange, sent } = createSessionFixture();
    exchange(frame);
    await Promise.resolve();
    expect(readReplies(sent()).map(({ id, body: answer }) => [id, [...answer]])).toEqual([[0x8100, [0, 5, 3]]]);
  });

  it('is answered with failure while the database is away', async () => {
    const { exchange, sent, errors } = createSessionFixture({ register: () => Promise.reject(new Error('away')) });
    exchange(frame);
    await Promise.resolve();
    expect(generalReplies(sent())).toEqual([[5, MESSAGE.registration, 1]]);
    expect(errors.length).toBe(1);
  });

  it('that is too short is wrong', () => {
    const { results } = createSessionFixture();
    expect(results(terminalFrame({ id: MESSAGE.registration, phone: PHONE, body: new Uint8Array(8) }))).toEqual([2]);
  });
});
