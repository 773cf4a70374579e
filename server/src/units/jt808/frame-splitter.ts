import { MAX_FRAME_BYTES } from './jt808-message.ts';

export interface FrameSplitter {
  /** Takes the next bytes of the stream, whatever their cut; calls back for every frame that ends in them. */
  push(chunk: Uint8Array): void;
  /** Memory held for a frame that has not ended, at most `MAX_FRAME_BYTES`. */
  waitingBytes(): number;
}

const FLAG = 0x7e;
const ESCAPE = 0x7d;
const ESCAPED_ESCAPE = 0x01;
const ESCAPED_FLAG = 0x02;

/** One for all connections: a frame is read before the next one is written here. */
const scratch = new Uint8Array(MAX_FRAME_BYTES);

/**
 * Cuts a byte stream at the flags 0x7e and takes back the escapes, in one pass over the bytes. Everything between two flags
 * is one candidate, also what stands where nothing should: after lost bytes the next flag puts the stream in step again.
 * `onFrame` gets shared memory that is overwritten as soon as it returns.
 */
export function createFrameSplitter(
  onFrame: (bytes: Uint8Array, length: number) => void,
  onOverlong: () => void,
): FrameSplitter {
  let tail: Uint8Array | undefined;
  let escaping = false;
  let overlong = false;

  return {
    push(chunk) {
      let length = tail?.length ?? 0;
      if (tail !== undefined) scratch.set(tail);
      tail = undefined;
      for (let i = 0; i < chunk.length; i++) {
        const byte = chunk[i];
        let content = byte;
        if (escaping) {
          escaping = false;
          if (byte === ESCAPED_ESCAPE) content = ESCAPE;
          else if (byte === ESCAPED_FLAG) content = FLAG;
          // Nobody's escape: a terminal that forgot to escape. The checksum decides.
          else if (length < MAX_FRAME_BYTES) scratch[length++] = ESCAPE;
          else overlong = true;
        } else if (byte === ESCAPE) {
          escaping = true;
          continue;
        }
        if (byte === FLAG) {
          const frameLength = length;
          const tooLong = overlong;
          length = 0;
          overlong = false;
          if (tooLong) onOverlong();
          else if (frameLength > 0) onFrame(scratch, frameLength);
        } else if (length < MAX_FRAME_BYTES) scratch[length++] = content;
        else overlong = true;
      }
      // What is known to be no frame need not be kept.
      if (length > 0 && !overlong) tail = scratch.slice(0, length);
    },
    waitingBytes: () => tail?.length ?? 0,
  };
}
