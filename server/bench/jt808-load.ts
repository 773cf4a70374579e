import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { MESSAGE } from '../src/units/jt808/jt808-message.ts';
import {
  authenticationFrame,
  generalReplies,
  locationBody,
  terminalFrame,
} from '../src/units/jt808/testing/terminal-frames.ts';

interface LoadOrder {
  port: number;
  terminals: number;
  intervalMs: number;
  seconds: number;
  lon: number;
  lat: number;
}
export interface FloodResult {
  seconds: number;
  answered: number;
  refused: number;
}
export interface TerminalLoadResult {
  sent: number;
  /** Answered with result 0. */
  answered: number;
  refused: number;
  /** From the write of a frame to its reply. */
  latencyMs: { p50: number; p99: number; max: number };
}

const CONNECTING_AT_ONCE = 100;
/** One message, one reply: each comes alone. */
const resultOf = (bytes: Uint8Array): number => generalReplies(bytes)[0]?.[2] ?? -1;

export const phoneOf = (terminal: number): string => String(13_800_000_000 + terminal);
export const codeOf = (terminal: number): string => `code-${terminal}`;

/**
 * Terminals in a process of their own: `connect` resolves when all are authenticated; then `run` sends at the order's pace and measures,
 * or `flood` lets every terminal send its next fix, a second later by its clock, as soon as the last was answered.
 */
export async function startTerminals(order: LoadOrder) {
  const child = fork(import.meta.filename, [], { stdio: 'inherit' });
  const answerOf = async <T>(message: unknown): Promise<T> => {
    child.send(message as object | string);
    const [answer] = (await once(child, 'message')) as [T];
    return answer;
  };
  return {
    connect: () => answerOf<{ authenticated: number }>({ connect: order }),
    run: () => answerOf<TerminalLoadResult>('run'),
    flood: (fixesPerTerminal: number) => answerOf<FloodResult>({ flood: fixesPerTerminal }),
    stop: () => child.kill(),
  };
}

interface Terminal {
  number: number;
  socket: Socket;
  sentAtMs: number;
  sequence: number;
}

async function connectAll(order: LoadOrder, onReply: (terminal: Terminal, result: number) => void) {
  const terminals: Terminal[] = [];
  let authenticated = 0;
  const connectOne = async (i: number) => {
    const socket = connect({ port: order.port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    socket.write(authenticationFrame(phoneOf(i), codeOf(i)));
    const [reply] = (await once(socket, 'data')) as [Buffer];
    if (resultOf(reply) === 0) authenticated++;
    const terminal: Terminal = { number: i, socket, sentAtMs: 0, sequence: 1 };
    socket.on('data', (bytes: Buffer) => onReply(terminal, resultOf(bytes)));
    terminals.push(terminal);
  };
  for (let i = 0; i < order.terminals; i += CONNECTING_AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(CONNECTING_AT_ONCE, order.terminals - i) }, (_, k) => connectOne(i + k)),
    );
  return { terminals, authenticated };
}

/** Each terminal sends once in an interval, all of them spread evenly over it. */
async function sendAll(order: LoadOrder, terminals: readonly Terminal[]): Promise<number> {
  const perMs = terminals.length / order.intervalMs;
  const started = performance.now();
  let sent = 0;
  for (;;) {
    const elapsedMs = performance.now() - started;
    if (elapsedMs >= order.seconds * 1000) return sent;
    for (const due = Math.floor(elapsedMs * perMs); sent < due; sent++) {
      const i = sent % terminals.length;
      const terminal = terminals[i];
      const lat = order.lat + Math.floor(sent / terminals.length) * 1e-4;
      send(terminal, { lon: order.lon, lat, atMs: Date.now() });
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function send(terminal: Terminal, place: { lon: number; lat: number; atMs: number }): void {
  const body = locationBody({ ...place, speedKmh: 30, items: ITEMS });
  terminal.sequence = (terminal.sequence + 1) & 0x3f;
  const { number, sequence } = terminal;
  const frame = terminalFrame({ id: MESSAGE.position, phone: phoneOf(number), sequence, body });
  terminal.sentAtMs = performance.now();
  terminal.socket.write(frame);
}
const ITEMS = [1, 4, 0, 0, 16, 2, 2, 2, 0, 125, 0x30, 1, 20, 0x31, 1, 12];

/** A second apart by their clocks, the last one now. */
function flood(order: LoadOrder, terminals: readonly Terminal[], fixesPerTerminal: number): Promise<void> {
  const startMs = Date.now() - fixesPerTerminal * 1000;
  const sentBy = new Map<Terminal, number>();
  let busy = terminals.length;
  return new Promise((resolve) => {
    const next = (terminal: Terminal) => {
      const sent = sentBy.get(terminal) ?? 0;
      if (sent === fixesPerTerminal) {
        if (--busy === 0) resolve();
        return;
      }
      sentBy.set(terminal, sent + 1);
      send(terminal, { lon: order.lon, lat: order.lat + sent * 1e-5, atMs: startMs + sent * 1000 });
    };
    for (const terminal of terminals) {
      terminal.socket.on('data', () => next(terminal));
      next(terminal);
    }
  });
}

async function serveOrders(): Promise<void> {
  const latencies: number[] = [];
  const counts = { answered: 0, refused: 0 };
  const onReply = (terminal: Terminal, result: number) => {
    latencies.push(performance.now() - terminal.sentAtMs);
    if (result === 0) counts.answered++;
    else counts.refused++;
  };
  const [{ connect: order }] = (await once(process, 'message')) as [{ connect: LoadOrder }];
  const { terminals, authenticated } = await connectAll(order, onReply);
  process.send?.({ authenticated });
  const [next] = (await once(process, 'message')) as ['run' | { flood: number }];
  const startedAtMs = performance.now();
  if (next !== 'run') {
    await flood(order, terminals, next.flood);
    process.send?.({ seconds: (performance.now() - startedAtMs) / 1000, ...counts } satisfies FloodResult);
    return;
  }
  const sent = await sendAll(order, terminals);
  await new Promise((resolve) => setTimeout(resolve, 500));
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  process.send?.({ sent, ...counts, latencyMs: { p50: at(0.5), p99: at(0.99), max: at(1) } });
}

if (process.argv[1] === import.meta.filename) await serveOrders();
