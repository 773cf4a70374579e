import { type ChildProcess, fork } from 'node:child_process';

/** A program of its own that answers orders one after another. */
export interface Child<Order, Answer> {
  ask(order: Order): Promise<Answer>;
  stop(): Promise<void>;
}

export function startChild<Order, Answer>(file: string, args: readonly string[] = []): Child<Order, Answer> {
  const child = fork(file, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        const onEnd = () => reject(new Error(`${file} ended before it answered.`));
        child.once('exit', onEnd);
        child.once('message', (answer) => {
          child.off('exit', onEnd);
          resolve(answer as Answer);
        });
        child.send(order as object);
      }),
    async stop() {
      endGently(child);
      await ended;
    },
  };
}

/** The other side: answers each order, and ends with its parent. */
export function serveOrders(answer: (order: never) => unknown, onEnd: () => Promise<unknown> = async () => {}) {
  process.on('message', (order) => {
    void Promise.resolve(answer(order as never)).then((result) => process.send?.(result ?? {}));
  });
  process.once('disconnect', () => void onEnd().finally(() => process.exit(0)));
}

function endGently(child: ChildProcess): void {
  if (child.connected) child.disconnect();
}
