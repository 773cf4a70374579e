import { createServer } from 'node:net';
import { StartupError } from '@xunfang/server';

/** Tells a port in use before anything is built, started or seeded for it. */
export function assertPortFree(port: number, host: string): Promise<void> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', (cause: NodeJS.ErrnoException) => {
      // Whatever else is wrong with the address is told where the server itself listens.
      if (cause.code !== 'EADDRINUSE') return done();
      fail(
        new StartupError(
          `端口 ${port} 已被占用，请用 PORT=其他端口 启动。`,
          `Port ${port} is in use; start with PORT=another.`,
          { cause },
        ),
      );
    });
    probe.listen(port, host, () => probe.close(() => done()));
  });
}
