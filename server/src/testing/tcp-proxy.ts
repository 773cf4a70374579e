import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * A network between a client and servers that can fail as networks do. Connections go to the servers in turn, as a plain TCP balancer deals
 * them, and past those that refuse.
 */
export interface TcpProxy {
  port: number;
  /** From now on nothing arrives and nobody is told: no FIN, no RST. What was swallowed is lost. */
  swallow(): void;
  /** New connections pass again; those that were swallowed stay dead, as after a change of address. */
  pass(): void;
  /** Ends every connection, and refuses new ones until `pass`. */
  cut(): void;
  /** Open towards the clients. */
  connections(): number;
  close(): Promise<void>;
}

export async function createTcpProxy(targets: () => readonly number[]): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let mode: 'pass' | 'swallow' | 'cut' = 'pass';
  let turn = 0;

  interface Pair {
    client: Socket;
    server: Socket | undefined;
    swallowed: boolean;
  }

  function end(pair: Pair): void {
    pair.client.destroy();
    pair.server?.destroy();
    pairs.delete(pair);
  }

  function reach(pair: Pair, ports: readonly number[], tries: number): void {
    if (tries === 0) {
      end(pair);
      return;
    }
    const server = connect(ports[turn++ % ports.length], '127.0.0.1');
    server.once('error', () => {
      if (pair.server === undefined) reach(pair, ports, tries - 1);
    });
    server.once('connect', () => {
      pair.server = server;
      join(pair, pair.client, server);
      join(pair, server, pair.client);
      pair.client.resume();
    });
  }

  function join(pair: Pair, from: Socket, to: Socket): void {
    from.on('data', (chunk) => {
      if (!pair.swallowed) to.write(chunk);
    });
    from.on('error', () => {});
    // A swallowed end is not passed on either.
    from.on('close', () => {
      if (!pair.swallowed) end(pair);
      else if (pair.client.destroyed && (pair.server?.destroyed ?? true)) pairs.delete(pair);
    });
  }

  const server = createServer({ pauseOnConnect: true }, (client) => {
    client.on('error', () => {});
    const pair: Pair = { client, server: undefined, swallowed: mode === 'swallow' };
    pairs.add(pair);
    if (mode === 'cut') end(pair);
    else if (mode === 'swallow') client.resume();
    else {
      const ports = targets();
      reach(pair, ports, ports.length);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    swallow() {
      mode = 'swallow';
      for (const pair of pairs) pair.swallowed = true;
    },
    pass() {
      mode = 'pass';
    },
    cut() {
      mode = 'cut';
      for (const pair of pairs) end(pair);
    },
    connections: () => [...pairs].filter(({ client }) => !client.destroyed).length,
    async close() {
      for (const pair of pairs) end(pair);
      server.close();
      await once(server, 'close');
    },
  };
}
