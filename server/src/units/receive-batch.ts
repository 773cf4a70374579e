import Type, { type Static } from 'typebox';
import { type DeviceAdapter, DeviceMessageError } from './device-adapter.ts';
import type { RegisteredDevice } from './device-registry.ts';
import { FIX_OUTCOMES, isAccepted } from './position-ingest.ts';
import type { Reception } from './reception.ts';

const ITEM_OUTCOMES = [...FIX_OUTCOMES, 'ignored', 'malformed', 'rate_limited', 'unknown_device'] as const;
type ItemOutcome = (typeof ITEM_OUTCOMES)[number];

/** The answer to a batch: an outcome for each item in its order, and what was wrong with those that could not be read. */
export const BatchAnswerSchema = Type.Object({
  accepted: Type.Integer(),
  refused: Type.Integer(),
  outcomes: Type.Array(Type.Enum(ITEM_OUTCOMES)),
  /** Of the first hundred. */
  problems: Type.Array(
    Type.Object({ index: Type.Integer(), field: Type.String(), expected: Type.String(), actual: Type.String() }),
  ),
});
type BatchAnswer = Static<typeof BatchAnswerSchema>;

const MOST_ITEMS = 10_000;
const MOST_PROBLEMS = 100;

/** The items of a body: a list, or one alone. @throws DeviceMessageError for a list too long, or no list and no object. */
export function itemsOf(body: unknown): unknown[] {
  const items: unknown[] = Array.isArray(body) ? body : [body];
  if (items.length > MOST_ITEMS) throw new DeviceMessageError('body', `at most ${MOST_ITEMS} items`, items.length);
  if (items.length === 0 || typeof items[0] !== 'object') throw new DeviceMessageError('body', 'a list of items', body);
  return items;
}

/** Reads items of many devices. A batch counts as one message of each device it names. O(items). */
export function receiveBatch(
  reception: Reception,
  adapter: DeviceAdapter<unknown>,
  items: readonly unknown[],
  deviceOf: (identifier: string | undefined) => RegisteredDevice | undefined,
  nowMs: number,
): BatchAnswer {
  const answer: BatchAnswer = { accepted: 0, refused: 0, outcomes: [], problems: [] };
  const admitted = new Map<RegisteredDevice, boolean>();
  for (const [index, item] of items.entries()) {
    let outcome: ItemOutcome = 'ignored';
    const device = deviceOf(adapter.identifierOf(item));
    if (device === undefined) {
      reception.refuseStranger(adapter.protocol);
      outcome = 'unknown_device';
    } else {
      let mayPass = admitted.get(device);
      if (mayPass === undefined) {
        mayPass = reception.admit(device, adapter.protocol, item, nowMs);
        admitted.set(device, mayPass);
      }
      // What is refused is kept with the item that it came in.
      if (device.lastMessage !== null) device.lastMessage.raw = item;
      if (!mayPass) outcome = 'rate_limited';
      else
        try {
          reception.read(device, adapter, item, nowMs, (result) => {
            outcome = result;
          });
        } catch (cause) {
          if (!(cause instanceof DeviceMessageError)) throw cause;
          outcome = 'malformed';
          const { field, expected, actual } = cause;
          if (answer.problems.length < MOST_PROBLEMS) answer.problems.push({ index, field, expected, actual });
        }
    }
    answer.outcomes.push(outcome);
    if (isAccepted(outcome as never)) answer.accepted++;
    else answer.refused++;
  }
  return answer;
}
