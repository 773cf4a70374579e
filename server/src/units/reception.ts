import { type DeviceAdapter, DeviceMessageError, type Fix } from './device-adapter.ts';
import type { DeviceEmergencies } from './device-emergencies.ts';
import { type FixOutcome, isAccepted, type PositionIngest } from './position-ingest.ts';
import { countRefusal, type RegisteredDevice } from './registered-device.ts';
import { takeToken } from './token-bucket.ts';

/** What became of a message, whatever its positions were worth. */
export const MESSAGE_OUTCOMES = ['read', 'malformed', 'rate_limited', 'unknown_device'] as const;
export type MessageOutcome = (typeof MESSAGE_OUTCOMES)[number];

const DEFAULT_MESSAGES_PER_MINUTE = 600;

interface ReceptionDeps {
  ingest: PositionIngest;
  /** Told of every fix, for the buttons of those protocols that have them in their fixes. */
  emergencies?: Pick<DeviceEmergencies, 'noteFix'>;
  countFix: (outcome: FixOutcome) => void;
  countMessage: (protocol: string, outcome: MessageOutcome) => void;
}

/** Where the messages of every protocol come in: counted, limited, decoded, handed to the ingest. */
export interface Reception {
  /** Whether the device may send now; notes that it was heard, and what it said. */
  admit(device: RegisteredDevice, protocol: string, raw: unknown, nowMs: number): boolean;
  /** Every position of an admitted message. @throws DeviceMessageError for one that is not of the protocol. */
  read<Message>(
    device: RegisteredDevice,
    adapter: DeviceAdapter<Message>,
    message: Message,
    nowMs: number,
    report: (outcome: FixOutcome) => void,
  ): void;
  /** A message of nobody known. */
  refuseStranger(protocol: string): void;
}

export function createReception({ ingest, emergencies, countFix, countMessage }: ReceptionDeps): Reception {
  function take(device: RegisteredDevice, fix: Fix, nowMs: number): FixOutcome {
    const outcome = ingest(device, fix, nowMs);
    if (isAccepted(outcome)) device.accepted++;
    countFix(outcome);
    // After the ingest, so that the alarm finds the place; whatever became of the fix, somebody presses a button.
    emergencies?.noteFix(device, fix, outcome, nowMs);
    return outcome;
  }

  return {
    admit(device, protocol, raw, nowMs) {
      device.lastSeenMs = nowMs;
      device.messages++;
      device.lastMessage = { protocol, raw };
      if (takeToken(device.bucket, device.messagesPerMinute ?? DEFAULT_MESSAGES_PER_MINUTE, nowMs)) return true;
      countRefusal(device, 'rate_limited');
      countMessage(protocol, 'rate_limited');
      return false;
    },
    read(device, adapter, message, nowMs, report) {
      try {
        adapter.decode(message, nowMs, (fix) => report(take(device, fix, nowMs)));
        countMessage(adapter.protocol, 'read');
      } catch (cause) {
        if (cause instanceof DeviceMessageError) {
          countRefusal(device, 'malformed');
          countMessage(adapter.protocol, 'malformed');
        }
        throw cause;
      }
    },
    refuseStranger: (protocol) => countMessage(protocol, 'unknown_device'),
  };
}
