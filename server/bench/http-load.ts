import { connect } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

interface LoadOrder {
  port: number;
  connections: number;
  /** Each connection takes the next one when its last was answered. A body is JSON. */
  posts: { path: string; body?: string }[];
  headers?: Record<string, string>;
}
export interface LoadResult {
  seconds: number;
  ok: number;
  other: number;
}

/** Sends every request once over keep-alive connections, from a thread of its own; as little client as can be. */
export function postAll(order: LoadOrder): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: order });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function run({ port, connections, posts, headers = {} }: LoadOrder): Promise<LoadResult> {
  const result: LoadResult = { seconds: 0, ok: 0, other: 0 };
  const started = performance.now();
  let next = 0;
  const head = Object.entries({ host: 'localhost', ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const requestOf = ({ path, body }: LoadOrder['posts'][number]) =>
    body === undefined
      ? `POST ${path} HTTP/1.1\r\n${head}content-length: 0\r\n\r\n`
      : `POST ${path} HTTP/1.1\r\n${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const lane = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let received = '';
      const send = () => {
        if (next >= posts.length) {
          socket.end();
          resolve();
          return;
        }
        socket.write(requestOf(posts[next++]));
      };
      socket.setNoDelay(true);
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (bytes) => {
        received += bytes.toString('latin1');
        const end = received.indexOf('\r\n\r\n');
        if (end < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(received)?.[1]);
        if (received.length < end + 4 + length) return;
        if (received.startsWith('HTTP/1.1 200')) result.ok++;
        else result.other++;
        received = received.slice(end + 4 + length);
        send();
      });
    });
  return Promise.all(Array.from({ length: connections }, lane)).then(() => {
    result.seconds = (performance.now() - started) / 1000;
    return result;
  });
}

if (!isMainThread) parentPort?.postMessage(await run(workerData as LoadOrder));
