import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { connect } from 'mqtt';
import { DeviceMessageError } from './device-adapter.ts';
import type { DeviceRoutesDeps } from './device-messages.ts';
import { ownTracksAdapter, partsOfTopic } from './owntracks.adapter.ts';

interface OwnTracksMqttDeps extends DeviceRoutesDeps {
  url: string;
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>;
  /** Runs when the subscription stands. */
  onReady?: () => void;
}

const TOPICS = 'owntracks/+/+';
const LARGEST_MESSAGE_BYTES = 64 * 1024;
const RECONNECT_MS = 5000;

/**
 * OwnTracks over MQTT: listens to any broker. The topic's device part is the identifier; that its sender is who the topic says is the
 * broker's word, and it is taken only for devices that are marked with the topic's user. A broker that is away is tried again and
 * stops nothing else.
 */
export function listenToOwnTracks({ url, registry, reception, now, log, onReady }: OwnTracksMqttDeps) {
  const clientId = `xunfang-${randomBytes(6).toString('hex')}`;
  const client = connect(url, { clientId, reconnectPeriod: RECONNECT_MS, connectTimeout: 10_000 });
  // The address holds a password: the log names the host only.
  const { host } = new URL(url);
  let isAway = false;

  client.on('connect', () => {
    isAway = false;
    client.subscribe(TOPICS, { qos: 1 }, (cause) => {
      if (cause) log.warn({ err: cause, host }, 'MQTT broker refused the subscription');
      else {
        log.info({ host }, 'listening to OwnTracks over MQTT');
        onReady?.();
      }
    });
  });
  const away = (cause?: Error) => {
    // Said once, not every time it is tried again.
    if (!isAway) log.warn({ err: cause, host }, 'MQTT broker is away');
    isAway = true;
  };
  client.on('error', away);
  client.on('offline', away);
  client.on('message', (topic, bytes) => receive(topic, bytes));

  function receive(topic: string, bytes: Buffer): void {
    const { protocol } = ownTracksAdapter;
    const parts = partsOfTopic(topic);
    const device = parts && registry.findByTopic(parts.user, parts.device);
    if (device === undefined) {
      reception.refuseStranger(protocol);
      return;
    }
    const nowMs = now().getTime();
    const text = bytes.subarray(0, LARGEST_MESSAGE_BYTES).toString();
    if (!reception.admit(device, protocol, text, nowMs)) return;
    try {
      reception.read(device, ownTracksAdapter, { topic, payload: parsed(text) }, nowMs, () => {});
    } catch (cause) {
      // Counted; there is nobody to answer.
      if (!(cause instanceof DeviceMessageError)) throw cause;
    }
  }

  return {
    receive,
    stop: async (): Promise<void> => {
      client.removeAllListeners('message');
      await client.endAsync(true);
    },
  };
}

/** What is no JSON is left as the text it is: the adapter says so. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
