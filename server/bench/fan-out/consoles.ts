import { createPositionColumns, decodePositionFrame } from '@xunfang/geo-data/contract';
import { io, type Socket } from 'socket.io-client';
import { nowMs } from '../now-ms.ts';
import { serveOrders } from './child.ts';
import { JSON_PATH } from './json-broadcast.ts';
import { BATCHES_A_SECOND, batchOf, secondOf } from './feed.ts';

export type FanOutMode = 'frames' | 'array' | 'per fix';
export interface ConsolesOrder {
  origin: string;
  cookie: string;
  bureau: string;
  mode: FanOutMode;
  consoles: number;
  units: number;
  /** The feed's, from which the second of a place is read. */
  lat: number;
}
export interface ConsolesAnswer {
  connected: number;
  bytes: number;
  messages: number;
  /** In the newest snapshot; 0: none came. */
  unitsSeen: number;
  /** From the snapshot on the server to the end of decoding in the console. */
  fromTickMs: Float64Array;
  /** Of one unit of each batch: second and batch (as one index), and when it was decoded. */
  decoded: { index: Float64Array; atMs: Float64Array };
}
interface JsonUnit {
  id: number;
  lat: number;
}

const CONNECTING_AT_ONCE = 25;
/** Every so many-th console decodes; the others read, as if they decoded on machines of their own. */
const DECODES_EVERY = 10;

if (process.argv[1] === import.meta.filename) serve();

interface WebSocketOfNode {
  onmessage: ((event: { data: string | Buffer }) => void) | null;
  send(data: string): void;
}

/** Consoles with the client library that the product uses. */
function serve(): void {
  const sockets: Socket[] = [];
  let order: ConsolesOrder;
  let measured = createMeasured();

  function noteUnit(unit: number, lat: number, atMs: number): void {
    // One of each batch, so that noting costs nothing beside decoding.
    if (unit >= BATCHES_A_SECOND) return;
    measured.index.push(secondOf(order.lat, lat) * BATCHES_A_SECOND + batchOf(unit));
    measured.atMs.push(atMs);
  }

  function listen(socket: Socket): void {
    const columns = createPositionColumns(order.units);
    socket.on('positions:frame', (bytes: Uint8Array<ArrayBuffer>) => {
      // Node's client hands over a view into what was read; a browser's gets the buffer itself.
      const { timeMs } = decodePositionFrame(Uint8Array.from(bytes).buffer, columns);
      const atMs = nowMs();
      measured.unitsSeen = columns.count;
      measured.fromTick.push(atMs - timeMs);
      for (let row = 0; row < columns.count && columns.slot[row] < BATCHES_A_SECOND; row++)
        noteUnit(columns.slot[row], columns.lat[row], atMs);
    });
    socket.on('positions', ({ timeMs, units }: { timeMs: number; units: JsonUnit[] }) => {
      const atMs = nowMs();
      measured.unitsSeen = units.length;
      measured.fromTick.push(atMs - timeMs);
      for (const { id, lat } of units) noteUnit(id, lat, atMs);
    });
    socket.on('position', ({ id, lat }: JsonUnit) => noteUnit(id, lat, nowMs()));
  }

  async function open(): Promise<void> {
    const { origin, cookie, bureau, mode } = order;
    const socket = io(origin, {
      path: mode === 'frames' ? '/socket.io' : JSON_PATH,
      extraHeaders: { cookie },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    if (mode === 'frames') await socket.emitWithAck('bureau:watch', { bureau, lastSeq: null });
    const { ws } = socket.io.engine.transport as unknown as { ws: WebSocketOfNode };
    const decode = ws.onmessage;
    const decodes = sockets.length % DECODES_EVERY === 0;
    ws.onmessage = (event) => {
      const { data } = event;
      measured.bytes += data.length;
      if (isPositions(mode, data)) measured.messages++;
      if (decodes) decode?.(event);
      // The ping of engine.io.
      else if (data === '2') ws.send('3');
    };
    if (decodes) listen(socket);
    sockets.push(socket);
  }

  serveOrders(async (next: ConsolesOrder | 'begin' | 'end'): Promise<ConsolesAnswer> => {
    if (next === 'begin') measured = createMeasured();
    else if (next !== 'end') {
      order = next;
      for (let i = 0; i < order.consoles; i += CONNECTING_AT_ONCE)
        await Promise.allSettled(Array.from({ length: Math.min(CONNECTING_AT_ONCE, order.consoles - i) }, open));
    }
    const { bytes, messages, unitsSeen, fromTick, index, atMs } = measured;
    return {
      connected: sockets.filter(({ connected }) => connected).length,
      bytes,
      messages,
      unitsSeen,
      fromTickMs: Float64Array.from(fromTick),
      decoded: { index: Float64Array.from(index), atMs: Float64Array.from(atMs) },
    };
  });
}

function isPositions(mode: FanOutMode, data: string | Buffer): boolean {
  if (mode === 'frames') return typeof data !== 'string';
  return typeof data === 'string' && data.startsWith(mode === 'array' ? '42["positions"' : '42["position",');
}

function createMeasured() {
  return { bytes: 0, messages: 0, unitsSeen: 0, fromTick: [] as number[], index: [] as number[], atMs: [] as number[] };
}
