import { randomBytes } from 'node:crypto';
import type { Device, Terminals } from '@xunfang/geo-data/contract';
import { audit, type Db, type Doer, problem } from '../../platform/index.ts';
import { hashDeviceKey } from '../device-registry.ts';
import type { DevicesService } from '../devices.service.ts';
import { normalisePhone } from './bcd.ts';
import { enrolmentRepository, type OpenWindows } from './jt808-enrolment.repository.ts';
import { createKnockList } from './knock-list.ts';
import type { Registration } from './registration.ts';
import './messages.jt808.ts';

interface EnrolmentDeps {
  db: Db;
  devices: Pick<DevicesService, 'register' | 'change' | 'byId'>;
  now: () => Date;
  /** Takes over the new key at once. */
  onChange: () => Promise<void>;
}
interface WindowOrder extends Doer {
  bureauId: number;
  deviceId: number;
  identifier: string;
  /** The terminal's own id, where the administrator knows it: no other is let in. */
  terminalId: string | null;
  minutes?: number | undefined;
}
interface TerminalName {
  phone: string;
  terminalId: string;
}

const WINDOW_MINUTES = 10;
const MS_PER_MINUTE = 60_000;
/** 128 bits in hexadecimal digits: terminals keep the code as text and some take no other signs. */
const CODE_BYTES = 16;
/** What the two editions can carry: 6 or 10 bytes. */
const PHONE = /^[0-9a-f]{1,20}$/;
/** Registrations, which anybody may send, ask the database at most this often. */
const ASK_AGAIN_MS = 1000;

export type Jt808Enrolment = ReturnType<typeof jt808Enrolment>;

/**
 * Who gets an authentication code by registering (0x0100): only a terminal for which an administrator opened a window, only
 * the first that comes, only until the window ends. Windows are in the database: the terminal may reach any server.
 */
export function jt808Enrolment({ db, devices, now, onChange }: EnrolmentDeps) {
  const repository = enrolmentRepository(db);
  const knocks = createKnockList(repository);
  let windows: Promise<OpenWindows> | undefined;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  function openWindows(): Promise<OpenWindows> {
    if (windows === undefined || performance.now() - askedAtMs >= ASK_AGAIN_MS) {
      askedAtMs = performance.now();
      const asked = repository.openWindows(now());
      windows = asked;
      asked.catch(() => {
        if (windows === asked) windows = undefined;
      });
    }
    return windows;
  }
  const forgetWindows = () => {
    windows = undefined;
  };

  async function openFor(order: WindowOrder): Promise<Date> {
    const { bureauId, deviceId, identifier, terminalId, minutes = WINDOW_MINUTES, actor, address } = order;
    const phone = normalisePhone(identifier);
    if (!PHONE.test(phone)) problem(400, 'JT808_IDENTIFIER_NOT_A_PHONE', { identifier });
    const open = (await repository.openWindows(now())).devices;
    // Two bureaus may each hold a device of this number; which of them registers must not be a matter of luck.
    if (open.some((other) => other.deviceId !== deviceId && normalisePhone(other.identifier) === phone))
      problem(409, 'JT808_WINDOW_TAKEN', { identifier });
    const until = new Date(now().getTime() + minutes * MS_PER_MINUTE);
    await db.transaction().execute(async (trx) => {
      await repository.openDevice(deviceId, until, terminalId, trx);
      const detail = { identifier, terminalId, until: until.toISOString() };
      const subject = `device:${deviceId}`;
      await audit(trx, { bureauId, actor, action: 'device.enrolment_opened', subject, detail, address });
    });
    forgetWindows();
    return until;
  }

  async function terminals(bureauId: number): Promise<Terminals> {
    await knocks.flush();
    const openUntil = await repository.windowOf(bureauId, now());
    return { openUntil: openUntil?.toISOString() ?? null, terminals: await repository.terminals(bureauId) };
  }

  async function knocked(bureauId: number, { phone, terminalId }: TerminalName) {
    const found = (await terminals(bureauId)).terminals.find(
      (terminal) => terminal.phone === phone && terminal.terminalId === terminalId,
    );
    return found ?? problem(404, 'JT808_TERMINAL_UNKNOWN', { phone });
  }

  return {
    open: openFor,

    async close(
      { bureauId, deviceId, identifier }: Pick<WindowOrder, 'bureauId' | 'deviceId' | 'identifier'>,
      by: Doer,
    ) {
      await db.transaction().execute(async (trx) => {
        await repository.openDevice(deviceId, null, null, trx);
        const subject = `device:${deviceId}`;
        await audit(trx, { bureauId, action: 'device.enrolment_closed', subject, detail: { identifier }, ...by });
      });
      forgetWindows();
    },

    /** From now on terminals that are not let in are noted for this bureau. */
    async openBureau(bureauId: number, minutes: number, by: Doer): Promise<Terminals> {
      const until = new Date(now().getTime() + minutes * MS_PER_MINUTE);
      await knocks.flush();
      await db.transaction().execute(async (trx) => {
        await repository.openBureau(bureauId, until, trx);
        await audit(trx, { bureauId, action: 'terminals.opened', detail: { until: until.toISOString() }, ...by });
      });
      forgetWindows();
      return terminals(bureauId);
    },

    async closeBureau(bureauId: number, by: Doer): Promise<Terminals> {
      await db.transaction().execute(async (trx) => {
        if (await repository.closeBureau(bureauId, trx))
          await audit(trx, { bureauId, action: 'terminals.closed', ...by });
      });
      forgetWindows();
      return terminals(bureauId);
    },

    terminals,
    flush: () => knocks.flush(),

    /** Enrols a terminal that knocked, under its number, and opens a window for it alone: it is let in when it asks again. */
    async accept(bureauId: number, name: TerminalName & { unitId: number | null }, by: Doer): Promise<Device> {
      const { phone, terminalId, unitId } = name;
      const terminal = await knocked(bureauId, name);
      let device: Device;
      if (terminal.deviceId === null) {
        const order = { bureauId, identifier: phone, unitId, protocol: 'jt808' as const, ...by };
        ({ device } = await devices.register(order));
      } else {
        const stored = await devices.byId(terminal.deviceId);
        if (stored === undefined) return problem(404, 'NOT_FOUND');
        device = await devices.change(stored, { unitId, protocol: 'jt808' }, by);
      }
      const { id: deviceId, identifier } = device;
      await openFor({ bureauId, deviceId, identifier, terminalId: terminalId || null, ...by });
      await repository.setState({ bureauId, phone, terminalId }, 'accepted');
      return (await devices.byId(deviceId))?.device ?? device;
    },

    /** Marks a terminal as not ours, or takes that back. It was not let in before either. */
    async refuse(bureauId: number, name: TerminalName & { refused: boolean }, by: Doer): Promise<Terminals> {
      const { phone, terminalId, refused } = name;
      await knocked(bureauId, name);
      await db.transaction().execute(async (trx) => {
        await repository.setState({ bureauId, phone, terminalId }, refused ? 'refused' : 'waiting', trx);
        const action = refused ? 'terminal.refused' : 'terminal.refusal_taken_back';
        await audit(trx, { bureauId, action, detail: { phone, terminalId }, ...by });
      });
      return terminals(bureauId);
    },

    /** A new code, the device's key from now on; undefined when nobody let this terminal in. */
    async register(registration: Registration, address: string): Promise<string | undefined> {
      const { phone, manufacturer, model, terminalId, plate } = registration;
      const open = await openWindows();
      const window = open.devices.find(
        (device) =>
          normalisePhone(device.identifier) === phone &&
          (device.terminalId === null || device.terminalId === terminalId),
      );
      if (window === undefined) {
        knocks.note(open.bureauIds, registration, address, now().getTime());
        return undefined;
      }
      const code = randomBytes(CODE_BYTES).toString('hex');
      const { bureauId, deviceId } = window;
      const given = await db.transaction().execute(async (trx) => {
        if (!(await repository.takeWindow(deviceId, hashDeviceKey(code), now(), trx))) return false;
        await repository.setState({ bureauId, phone, terminalId }, 'enrolled', trx);
        const detail = { phone, manufacturer, model, terminalId, plate };
        const subject = `device:${deviceId}`;
        await audit(trx, { bureauId, actor: 'jt808', action: 'device.enrolled', subject, detail, address });
        return true;
      });
      forgetWindows();
      if (!given) return undefined;
      await onChange();
      return code;
    },
  };
}
