/** Header of a message between processes, little-endian: "XFSR", version, three bytes reserved, the sender. Rows follow. */
export const ROWS_HEADER_BYTES = 12;
const MAGIC = 0x52534658;
const VERSION = 1;

export function writeHeader(sender: number): Buffer {
  const header = Buffer.alloc(ROWS_HEADER_BYTES);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt8(VERSION, 4);
  header.writeUInt32LE(sender, 8);
  return header;
}

/** The sender; undefined for what is no such message, or of another version of the product. */
export function readHeader(message: Buffer): number | undefined {
  if (message.length < ROWS_HEADER_BYTES || message.readUInt32LE(0) !== MAGIC || message[4] !== VERSION)
    return undefined;
  return message.readUInt32LE(8);
}
