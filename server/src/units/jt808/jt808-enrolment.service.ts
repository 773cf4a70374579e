import { randomBytes } from 'node:crypto';
import { audit, type Db, problem } from '../../platform/index.ts';
import { hashDeviceKey } from '../device-registry.ts';
import { normalisePhone } from './bcd.ts';
import { replaceDeviceKey } from './jt808-enrolment.repository.ts';
import type { Registration } from './registration.ts';
import './messages.jt808.ts';

interface EnrolmentDeps {
  db: Db;
  now: () => Date;
  /** Takes over the new key at once. */
  onChange: () => Promise<void>;
}

interface WindowOrder {
  bureauId: number;
  deviceId: number;
  identifier: string;
  /** The terminal's own id, where the administrator knows it: no other is let in. */
  terminalId: string | null;
  actor: string;
  address: string | null;
}

interface EnrolmentWindow extends WindowOrder {
  untilMs: number;
}

const WINDOW_MS = 10 * 60_000;
/** 128 bits in hexadecimal digits: terminals keep the code as text and some take no other signs. */
const CODE_BYTES = 16;
/** What the two editions can carry: 6 or 10 bytes. */
const PHONE = /^[0-9a-f]{1,20}$/;

export type Jt808Enrolment = ReturnType<typeof jt808Enrolment>;

/**
 * Who gets an authentication code by registering (0x0100): only a terminal for which an administrator opened a window, only
 * the first that comes, only within ten minutes. Windows live in memory: a restart closes them.
 */
export function jt808Enrolment({ db, now, onChange }: EnrolmentDeps) {
  const windows = new Map<string, EnrolmentWindow>();

  function openWindow(phone: string): EnrolmentWindow | undefined {
    const window = windows.get(phone);
    if (window === undefined || window.untilMs > now().getTime()) return window;
    windows.delete(phone);
    return undefined;
  }

  return {
    async open(order: WindowOrder): Promise<Date> {
      const { bureauId, deviceId, identifier, terminalId, actor, address } = order;
      const phone = normalisePhone(identifier);
      if (!PHONE.test(phone)) problem(400, 'JT808_IDENTIFIER_NOT_A_PHONE', { identifier });
      const before = openWindow(phone);
      // Two bureaus may each hold a device of this number; which of them registers must not be a matter of luck.
      if (before !== undefined && before.deviceId !== deviceId) problem(409, 'JT808_WINDOW_TAKEN', { identifier });
      const untilMs = now().getTime() + WINDOW_MS;
      const detail = { identifier, terminalId, until: new Date(untilMs).toISOString() };
      const subject = `device:${deviceId}`;
      await audit(db, { bureauId, actor, action: 'device.enrolment_opened', subject, detail, address });
      windows.set(phone, { ...order, untilMs });
      return new Date(untilMs);
    },

    /** A new code, the device's key from now on; undefined when nobody let this terminal in. */
    async register(registration: Registration, address: string): Promise<string | undefined> {
      const { phone, manufacturer, model, terminalId, plate } = registration;
      const window = openWindow(phone);
      if (window === undefined) return undefined;
      if (window.terminalId !== null && window.terminalId !== terminalId) return undefined;
      // Closed before anything is awaited: the second of two at once finds it closed.
      windows.delete(phone);
      const code = randomBytes(CODE_BYTES).toString('hex');
      try {
        const { bureauId, deviceId } = window;
        const given = await db.transaction().execute(async (trx) => {
          if (!(await replaceDeviceKey(trx, deviceId, hashDeviceKey(code)))) return false;
          const detail = { phone, manufacturer, model, terminalId, plate };
          const subject = `device:${deviceId}`;
          await audit(trx, { bureauId, actor: 'jt808', action: 'device.enrolled', subject, detail, address });
          return true;
        });
        if (!given) return undefined;
      } catch (cause) {
        windows.set(phone, window);
        throw cause;
      }
      await onChange();
      return code;
    },
  };
}
