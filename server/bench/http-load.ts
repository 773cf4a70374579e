import { connect } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

interface LoadOrder {
  port: number;
  connections: number;
  /** Requests as paths; each connection takes the next one when its last was answered. */
  paths: string[];
}
export interface LoadResult {
  seconds: number;
  ok: number;
  other: number;
}

/** Posts every path once over keep-alive connections, from a thread of its own; as little client as can be. */
export function postAll(order: LoadOrder): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: order });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function run({ port, connections, paths }: LoadOrder): Promise<LoadResult> {
  const result: LoadResult = { seconds: 0, ok: 0, other: 0 };
  const started = performance.now();
  let next = 0;
  const lane = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let received = '';
      const send = () => {
        if (next >= paths.length) {
          socket.end();
          resolve();
          return;
        }
        socket.write(`POST ${paths[next++]} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`);
      };
      socket.setNoDelay(true);
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (bytes) => {
        received += bytes.toString('latin1');
        const head = received.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(received)?.[1]);
        if (received.length < head + 4 + length) return;
        if (received.startsWith('HTTP/1.1 200')) result.ok++;
        else result.other++;
        received = received.slice(head + 4 + length);
        send();
      });
    });
  return Promise.all(Array.from({ length: connections }, lane)).then(() => {
    result.seconds = (performance.now() - started) / 1000;
    return result;
  });
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origins
if (!isMainThread) parentPort?.postMessage(await run(workerData as LoadOrder));
