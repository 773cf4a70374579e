/** The newest message of a terminal as it came, to be shown to an administrator. One buffer, written over again and again. */
export function createLastMessage() {
  let bytes = new Uint8Array();
  let length = 0;
  return {
    keep(from: Uint8Array, size: number): void {
      if (bytes.length < size) bytes = new Uint8Array(size);
      bytes.set(from.subarray(0, size));
      length = size;
    },
    /** Hexadecimal digits between the flags, escapes taken back: made only when somebody stores it. */
    toJSON: (): string => Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('hex'),
  };
}
