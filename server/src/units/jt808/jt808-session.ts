import { DeviceMessageError } from '../device-adapter.ts';
import { isWgs84 } from '../device-coordinates.ts';
import type { Reception } from '../reception.ts';
import type { RegisteredDevice } from '../registered-device.ts';
import { normalisePhone, readPhone } from './bcd.ts';
import type { CloseReason } from './close-reason.ts';
import type { EmergencyChange, EmergencyWatch } from '../emergency-watch.ts';
import { createFrameSplitter } from './frame-splitter.ts';
import { createJt808Adapter, type PositionMessage } from './jt808.adapter.ts';
import type { Jt808Metrics } from './jt808.metrics.ts';
import { MESSAGE, REGISTRATION_RESULT, RESULT, type Result } from './jt808-message.ts';
import { createLastMessage } from './last-message.ts';
import { createLocationReport, isEmergency, readLocationReport } from './location-report.ts';
import { createMessageHeader, readMessageHeader } from './message-header.ts';
import { type AssemblyBudget, createPackageAssembly } from './package-assembly.ts';
import { type Registration, readAuthentication, readRegistration } from './registration.ts';
import type { ReplyAddress, ReplyWriter } from './reply-writer.ts';

/** The emergency button of a terminal, told once when it changes. Coordinates as sent, NaN where the terminal had none. */
export interface Jt808Emergency {
  device: RegisteredDevice;
  change: Exclude<EmergencyChange, undefined>;
  fixedAtMs: number;
  lon: number;
  lat: number;
}

/** What all sessions of a gateway share. */
export interface SessionDeps {
  /** The device of an authentication code: asked for every message, so that a revoked one stops at once. */
  findDevice(code: string): RegisteredDevice | undefined;
  reception: Reception;
  /** A new authentication code if the administrator let this terminal in, else undefined. */
  register(registration: Registration, address: string): Promise<string | undefined>;
  onAuthenticated(device: RegisteredDevice): void;
  onEmergency(emergency: Jt808Emergency): void;
  onError(cause: unknown): void;
  emergencies: EmergencyWatch;
  budget: AssemblyBudget;
  writer: ReplyWriter;
  metrics: Pick<Jt808Metrics, 'countMessage' | 'countFault'>;
  nowMs(): number;
}

/** The line of one session to its terminal. */
export interface SessionLine {
  address: string;
  send(bytes: Uint8Array): void;
  close(reason: CloseReason): void;
}

export interface Jt808Session {
  receive(chunk: Uint8Array): void;
  /**
   * Called every few seconds with `performance.now()`: asks for missing sub-packages, gives up old ones, ends who does not
   * authenticate.
   */
  tick(monotonicMs: number): void;
  /** Memory held for what has not come whole. */
  waitingBytes(): number;
  /** The line is gone: gives back what is held. */
  end(): void;
}

const AUTHENTICATION_DEADLINE_MS = 60_000;
/** A terminal that is not known may be wrong this often before the line is cut; one that is known may be always. */
const MAX_REFUSALS = 10;

/** Filled and read within one call; nothing of one session stays in them. */
const header = createMessageHeader();
const location = createLocationReport();
const adapter = createJt808Adapter(location);
const message: PositionMessage = { messageId: 0, bytes: new Uint8Array(), start: 0, end: 0, unshift: false };

/** The protocol with one terminal, without the socket: bytes in, bytes out. */
export function createJt808Session(deps: SessionDeps, line: SessionLine): Jt808Session {
  const { writer, metrics } = deps;
  const startedAtMs = performance.now();
  const splitter = createFrameSplitter(onFrame, () => {
    metrics.countFault('overlong');
    refuse();
  });
  const assembly = createPackageAssembly(deps.budget);
  const lastMessage = createLastMessage();
  let address: ReplyAddress | undefined;
  let code: string | undefined;
  let sequence = 0;
  let refusals = 0;
  let registering = false;
  /** Set while a frame is handled; its answer goes out first. */
  let closing: CloseReason | undefined;
  let ended = false;

  function end(): void {
    ended = true;
    code = undefined;
    assembly.clear();
  }
  function refuse(): void {
    if (code === undefined && ++refusals >= MAX_REFUSALS) closing = 'too_many_refusals';
  }
  function flush(): void {
    const replies = writer.take();
    if (replies !== undefined) line.send(replies);
    if (closing !== undefined && !ended) {
      end();
      line.close(closing);
    }
  }
  function nextSequence(): number {
    const next = sequence;
    sequence = (sequence + 1) & 0xffff;
    return next;
  }

  function onFrame(bytes: Uint8Array, length: number): void {
    if (closing !== undefined) return;
    const fault = readMessageHeader(bytes, length, header);
    if (fault !== undefined) {
      metrics.countFault(fault);
      if (fault !== 'short') answer(addressOf(bytes), RESULT.wrong);
      refuse();
      return;
    }
    const to = addressOf(bytes);
    // The terminal's own general reply is the one message that is not answered.
    if (header.messageId === MESSAGE.terminalReply) {
      metrics.countMessage(header.messageId, RESULT.ok);
      return;
    }
    const result = header.encryption === 0 ? handle(bytes, length, to) : RESULT.unsupported;
    if (result === undefined) return;
    metrics.countMessage(header.messageId, result);
    answer(to, result);
    if (result !== RESULT.ok) refuse();
  }

  /** The phone that the frame itself carries; the same object as long as it is the same. */
  function addressOf(bytes: Uint8Array): ReplyAddress {
    if (address !== undefined && isFrom(address, bytes)) return address;
    const { edition2019, protocolVersion, phoneStart, phoneEnd } = header;
    const other = { edition2019, protocolVersion, phone: bytes.slice(phoneStart, phoneEnd) };
    if (code === undefined) address = other;
    return other;
  }
  function answer(to: ReplyAddress, result: Result): void {
    writer.general(to, nextSequence(), header.sequence, header.messageId, result);
  }

  /** Undefined: answered otherwise, or later. */
  function handle(bytes: Uint8Array, length: number, to: ReplyAddress): Result | undefined {
    const { messageId, bodyStart, bodyEnd } = header;
    switch (messageId) {
      case MESSAGE.registration:
        return handleRegistration(bytes.slice(bodyStart, bodyEnd), to);
      case MESSAGE.authentication:
        return handleAuthentication(bytes.subarray(bodyStart, bodyEnd), to);
      case MESSAGE.heartbeat:
        return isKnown(to) ? RESULT.ok : RESULT.failed;
      case MESSAGE.logout:
        if (!isKnown(to)) return RESULT.failed;
        code = undefined;
        return RESULT.ok;
      case MESSAGE.position:
      case MESSAGE.positionBatch:
        return isKnown(to) ? handlePositions(bytes, length) : RESULT.failed;
      default:
        return RESULT.unsupported;
    }
  }
  const isKnown = (to: ReplyAddress): boolean => code !== undefined && to === address;

  function handleRegistration(body: Uint8Array, to: ReplyAddress): Result | undefined {
    if (header.packages > 0) return RESULT.unsupported;
    const phone = readPhone(to.phone, 0, to.phone.length);
    const registration = readRegistration(body, header.edition2019, phone);
    if (registration === undefined) return RESULT.wrong;
    if (registering) return RESULT.failed;
    registering = true;
    const ofSequence = header.sequence;
    deps.register(registration, line.address).then(
      (issued) => {
        const result = issued === undefined ? REGISTRATION_RESULT.alreadyRegistered : REGISTRATION_RESULT.ok;
        metrics.countMessage(MESSAGE.registration, issued === undefined ? RESULT.failed : RESULT.ok);
        if (issued === undefined) refuse();
        afterwards(() => writer.registration(to, nextSequence(), ofSequence, result, issued ?? ''));
      },
      (cause: unknown) => {
        deps.onError(cause);
        metrics.countMessage(MESSAGE.registration, RESULT.failed);
        afterwards(() => writer.general(to, nextSequence(), ofSequence, MESSAGE.registration, RESULT.failed));
      },
    );
    return undefined;
  }
  function afterwards(write: () => void): void {
    registering = false;
    if (ended) return;
    write();
    flush();
  }

  function handleAuthentication(body: Uint8Array, to: ReplyAddress): Result {
    const authentication = header.packages > 0 ? undefined : readAuthentication(body, header.edition2019);
    if (authentication === undefined) return RESULT.wrong;
    const device = deps.findDevice(authentication.code);
    // The code is what counts; that it belongs to this number keeps two terminals from being set up as one.
    if (device === undefined || normalisePhone(device.identifier) !== readPhone(to.phone, 0, to.phone.length)) {
      deps.reception.refuseStranger(adapter.protocol);
      return RESULT.failed;
    }
    address = to;
    code = authentication.code;
    refusals = 0;
    device.lastSeenMs = deps.nowMs();
    deps.onAuthenticated(device);
    return RESULT.ok;
  }

  function handlePositions(bytes: Uint8Array, length: number): Result {
    const device = deps.findDevice(code ?? '');
    if (device === undefined) {
      closing = 'revoked';
      return RESULT.failed;
    }
    const nowMs = deps.nowMs();
    lastMessage.keep(bytes, length);
    if (!deps.reception.admit(device, adapter.protocol, lastMessage, nowMs)) {
      // A terminal that talks too much is still heard when its button is pressed.
      const { messageId, packages, bodyStart, bodyEnd } = header;
      if (messageId === MESSAGE.position && packages === 0 && readLocationReport(bytes, bodyStart, bodyEnd, location))
        watchEmergency(device, nowMs);
      return RESULT.failed;
    }
    message.messageId = header.messageId;
    message.bytes = bytes;
    message.start = header.bodyStart;
    message.end = header.bodyEnd;
    if (header.packages > 0) {
      const whole = assembly.add(header, bytes, performance.now());
      if (whole === 'waiting') return RESULT.ok;
      if (whole === 'refused') return RESULT.wrong;
      message.bytes = whole;
      message.start = 0;
      message.end = whole.length;
    }
    // A device declared as GCJ-02 is brought back by the ingest.
    message.unshift = isWgs84(device.coordinateSystem);
    try {
      deps.reception.read(device, adapter, message, nowMs, () => watchEmergency(device, nowMs));
      return RESULT.ok;
    } catch (cause) {
      if (cause instanceof DeviceMessageError) return RESULT.wrong;
      throw cause;
    }
  }

  /** Also without a position: who presses the button in a garage needs help too. */
  function watchEmergency(device: RegisteredDevice, nowMs: number): void {
    const { located, lon, lat } = location;
    const fixedAtMs = Number.isNaN(location.fixedAtMs) ? nowMs : location.fixedAtMs;
    const change = deps.emergencies.note(device.id, isEmergency(location), fixedAtMs);
    if (change === undefined) return;
    deps.onEmergency({ device, change, fixedAtMs, lon: located ? lon : Number.NaN, lat: located ? lat : Number.NaN });
  }

  return {
    receive(chunk) {
      if (ended) return;
      splitter.push(chunk);
      flush();
    },
    tick(monotonicMs) {
      if (ended) return;
      if (code === undefined && monotonicMs - startedAtMs > AUTHENTICATION_DEADLINE_MS) closing = 'not_authenticated';
      const to = address;
      assembly.tick(monotonicMs, (firstSequence, indexes) => {
        if (to !== undefined) writer.resend(to, nextSequence(), firstSequence, indexes);
      });
      flush();
    },
    waitingBytes: () => splitter.waitingBytes() + assembly.waitingBytes(),
    end,
  };
}

/** Whether the frame of the last header is from this terminal. */
function isFrom({ phone, edition2019, protocolVersion }: ReplyAddress, bytes: Uint8Array): boolean {
  if (edition2019 !== header.edition2019 || protocolVersion !== header.protocolVersion) return false;
  for (let i = 0; i < phone.length; i++) if (phone[i] !== bytes[header.phoneStart + i]) return false;
  return true;
}
