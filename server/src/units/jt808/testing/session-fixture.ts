import type { Fix } from '../../device-adapter.ts';
import { createReception } from '../../reception.ts';
import { createRegisteredDevice, type RegisteredDevice } from '../../registered-device.ts';
import type { CloseReason } from '../close-reason.ts';
import { createEmergencyWatch } from '../../emergency-watch.ts';
import type { FrameFault, Result } from '../jt808-message.ts';
import { createJt808Session, type Jt808Emergency, type Jt808Session, type SessionDeps } from '../jt808-session.ts';
import type { Registration } from '../registration.ts';
import { createReplyWriter } from '../reply-writer.ts';
import { authenticationFrame, generalReplies } from './terminal-frames.ts';

export const PHONE = '13912345678';
export const CODE = 'c0de';
export const ASSEMBLY_BYTES = 100_000;

/** One session with its line in memory; what it would give to the ingest is kept. */
export interface SessionFixture {
  session: Jt808Session;
  device: RegisteredDevice;
  fixes: Fix[];
  emergencies: Jt808Emergency[];
  faults: FrameFault[];
  registrations: Registration[];
  errors: unknown[];
  budget: { remainingBytes: number };
  /** Devices by code; deleting one revokes it. */
  devices: Map<string, RegisteredDevice>;
  closed(): CloseReason | undefined;
  /** Sends, and gives what came back. */
  exchange(...frames: Uint8Array[]): Uint8Array;
  results(...frames: Uint8Array[]): number[];
  authenticate(): void;
  sent(): Uint8Array;
}

interface Options {
  nowMs?: () => number;
  register?: SessionDeps['register'];
  coordinateSystem?: RegisteredDevice['coordinateSystem'];
  messagesPerMinute?: number;
}

export function createSessionFixture(options: Options = {}): SessionFixture {
  const device = createRegisteredDevice({
    id: 1,
    bureauId: 1,
    identifier: `0${PHONE}`,
    unitId: 1,
    coordinateSystem: options.coordinateSystem ?? 'WGS84',
    messagesPerMinute: options.messagesPerMinute ?? 1_000_000,
  });
  const fixes: Fix[] = [];
  const emergencies: Jt808Emergency[] = [];
  const faults: FrameFault[] = [];
  const registrations: Registration[] = [];
  const errors: unknown[] = [];
  const budget = { remainingBytes: ASSEMBLY_BYTES };
  const devices = new Map([[CODE, device]]);
  const answered: Result[] = [];
  let outbox: Uint8Array[] = [];
  let closed: CloseReason | undefined;

  const session = createJt808Session(
    {
      findDevice: (code) => devices.get(code),
      reception: createReception({
        ingest: (_device, fix) => {
          fixes.push({ ...fix });
          return 'live';
        },
        countFix: () => {},
        countMessage: () => {},
      }),
      register: (registration, address) => {
        registrations.push(registration);
        return options.register?.(registration, address) ?? Promise.resolve(undefined);
      },
      onAuthenticated: () => {},
      onEmergency: (emergency) => emergencies.push(emergency),
      onError: (cause) => errors.push(cause),
      emergencies: createEmergencyWatch(),
      budget,
      writer: createReplyWriter(),
      metrics: {
        countMessage: (_id, result) => void answered.push(result),
        countFault: (fault) => void faults.push(fault),
      },
      nowMs: options.nowMs ?? Date.now,
    },
    {
      address: '127.0.0.1',
      send: (bytes) => void outbox.push(bytes),
      close: (reason) => {
        closed = reason;
      },
    },
  );
  function sent(): Uint8Array {
    const bytes = Buffer.concat(outbox);
    outbox = [];
    return bytes;
  }
  function exchange(...frames: Uint8Array[]): Uint8Array {
    for (const frame of frames) session.receive(frame);
    return sent();
  }
  const results = (...frames: Uint8Array[]) => generalReplies(exchange(...frames)).map(([, , result]) => result);
  return {
    session,
    device,
    fixes,
    emergencies,
    faults,
    registrations,
    errors,
    budget,
    devices,
    closed: () => closed,
    exchange,
    results,
    sent,
    authenticate() {
      const [result] = results(authenticationFrame(PHONE, CODE));
      if (result !== 0) throw new Error(`Authentication was answered with ${result}.`);
    },
  };
}
