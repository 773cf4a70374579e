import {
  type ClientToServerEvents,
  createEventFollower,
  type NumberedEvent,
  type ServerToClientEvents,
} from '@xunfang/geo-data/contract';
import { io, type Socket } from 'socket.io-client';

type TestSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
interface TestConsoleOptions {
  onApply?: (payload: object) => void;
  /** After a break it connects again by itself, as the real one does. */
  comesBack?: boolean;
}

/** A console without a screen: the console's own follower on a real socket, which can be cut and moved to another server. */
export interface TestConsole {
  /** Numbers applied, in the order of applying. */
  applied: number[];
  events: NumberedEvent[];
  /** 'first', 'expired', 'missed n'. */
  outcomes: string[];
  connect(origin: string): Promise<void>;
  socket(): TestSocket;
  /** Cuts the line without a goodbye, as a broken network does. */
  cut(): void;
}

export function createTestConsole(
  cookie: string,
  bureau: string,
  { onApply = () => {}, comesBack = false }: TestConsoleOptions = {},
): TestConsole {
  let socket: TestSocket | null = null;
  let answered: () => void = () => {};
  const applied: number[] = [];
  const events: NumberedEvent[] = [];
  const outcomes: string[] = [];
  const follower = createEventFollower({
    watch(message, take) {
      if (!socket?.connected) return;
      socket.emit('bureau:watch', message, (answer) => {
        take(answer);
        if (!answer.ok || !answer.more) answered();
      });
    },
    apply(event) {
      applied.push(event.seq);
      events.push(event);
      onApply(event.payload);
    },
    onCaughtUp: (missed) => outcomes.push(`missed ${missed}`),
    onReload: (why) => outcomes.push(why),
    onRefused: ({ code }) => outcomes.push(code),
  });
  follower.watch(bureau);
  return {
    applied,
    events,
    outcomes,
    connect: (origin) =>
      new Promise((resolve, reject) => {
        answered = resolve;
        const opened: TestSocket = io(origin, {
          extraHeaders: { cookie },
          transports: ['websocket'],
          forceNew: true,
          reconnection: comesBack,
          reconnectionDelay: 50,
          reconnectionDelayMax: 500,
        });
        socket = opened;
        opened.on('connect', follower.resume);
        opened.on('connect_error', reject);
        opened.on('bureau:events', (batch) => {
          if (opened === socket) follower.received(batch);
        });
      }),
    socket() {
      if (socket === null) throw new Error('This console is not connected.');
      return socket;
    },
    cut() {
      const { ws } = (socket?.io.engine.transport ?? {}) as { ws?: { terminate(): void } };
      ws?.terminate();
      socket?.disconnect();
      socket = null;
    },
  };
}
