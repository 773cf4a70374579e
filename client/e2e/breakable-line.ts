import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The network between one desk and the server, which can break and be mended. */
export interface BreakableLine {
  url: string;
  /** Ends what is open and refuses the rest. */
  break: () => void;
  mend: () => void;
  close: () => Promise<void>;
}

export async function createBreakableLine(to: string): Promise<BreakableLine> {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  let broken = false;
  const server = createServer((desk) => {
    if (broken) {
      desk.destroy();
      return;
    }
    const far = connect(Number(port), hostname);
    for (const [from, other] of [
      [desk, far],
      [far, desk],
    ]) {
      open.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        open.delete(from);
        other.destroy();
      });
      from.pipe(other);
    }
  });
  const end = () => {
    for (const socket of open) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    break: () => {
      broken = true;
      end();
    },
    mend: () => {
      broken = false;
    },
    close: async () => {
      end();
      server.close();
      await once(server, 'close');
    },
  };
}
