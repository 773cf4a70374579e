/* The header of a position frame; its bytes stand in position-frame.md. */

export const POSITION_FRAME_HEADER_BYTES = 48;
const MAGIC = 0x46504658;
const VERSION = 2;
/** A degree of the meridian, and of a parallel divided by the cosine, is nowhere longer. */
const MOST_METERS_PER_DEGREE = 111_700;
/** Steps stay within a metre up to 16,000 km; beyond that they grow. */
const MOST_AXIS_BITS = 24;
const PER_DEGREE = 1e7;

/** Where positions are quantised against. */
export interface FrameBounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

export interface PositionFrame {
  rosterRevision: number;
  /** Drawn at random when the server process started: numbers of frames can be compared within one stream only. */
  stream: number;
  /** Of the frame within its stream; after 2^32 - 1 comes 0. */
  sequence: number;
  /** Server's wall clock, which may be set forward and back: nothing is ordered by it. */
  timeMs: number;
}

/** How places are quantised: x and y steps from the south-western corner. */
export interface FrameGrid {
  west: number;
  south: number;
  /** Degrees. */
  lonStep: number;
  latStep: number;
  xBits: number;
  yBits: number;
}

export interface PositionFrameHeader extends PositionFrame, FrameGrid {
  count: number;
  /** The highest slot. */
  span: number;
  /** 0: slots as a bitmap. */
  slotBits: number;
}

/** As few bits as make a step no longer than a metre anywhere within the bounds. */
export function gridOf({ west, south, east, north }: FrameBounds): FrameGrid {
  if (!(west <= east && south <= north))
    throw new RangeError(`Bounds ${west} to ${east}, ${south} to ${north} when expected west <= east, south <= north.`);
  const nearestEquator = south > 0 ? south : north < 0 ? north : 0;
  const xBits = bitsFor((east - west) * MOST_METERS_PER_DEGREE * Math.cos((nearestEquator * Math.PI) / 180));
  const yBits = bitsFor((north - south) * MOST_METERS_PER_DEGREE);
  const lonStep = (east - west) / (2 ** xBits - 1);
  const latStep = (north - south) / (2 ** yBits - 1);
  return { west, south, lonStep, latStep, xBits, yBits };
}

function bitsFor(meters: number): number {
  return Math.min(MOST_AXIS_BITS, Math.max(1, Math.ceil(Math.log2(Math.ceil(meters) + 1))));
}

/** Returns the header as it will be read: the grid rounded to what the bytes hold. */
export function writePositionFrameHeader(
  bytes: Uint8Array<ArrayBuffer>,
  frame: PositionFrame,
  { count, span, slotBits, ...grid }: FrameGrid & Pick<PositionFrameHeader, 'count' | 'span' | 'slotBits'>,
): PositionFrameHeader {
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, VERSION);
  view.setUint8(5, grid.xBits);
  view.setUint8(6, grid.yBits);
  view.setUint8(7, slotBits);
  view.setUint32(8, frame.rosterRevision, true);
  view.setUint16(12, count, true);
  view.setUint16(14, span, true);
  view.setUint32(16, frame.stream, true);
  view.setUint32(20, frame.sequence, true);
  view.setFloat64(24, frame.timeMs, true);
  view.setInt32(32, Math.floor(grid.west * PER_DEGREE), true);
  view.setInt32(36, Math.floor(grid.south * PER_DEGREE), true);
  view.setFloat32(40, grid.lonStep, true);
  view.setFloat32(44, grid.latStep, true);
  return readPositionFrameHeader(bytes.buffer);
}

/** What a frame says of itself, without its units. Throws when the bytes are no frame of this version. */
export function readPositionFrameHeader(buffer: ArrayBuffer): PositionFrameHeader {
  const view = new DataView(buffer);
  if (buffer.byteLength < POSITION_FRAME_HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    throw new Error('Not a position frame: the magic XFPF is missing.');
  }
  if (view.getUint8(4) !== VERSION)
    throw new Error(`Position frame of version ${view.getUint8(4)} when expected ${VERSION}.`);
  const [xBits, yBits, slotBits] = [view.getUint8(5), view.getUint8(6), view.getUint8(7)];
  if (xBits > MOST_AXIS_BITS || yBits > MOST_AXIS_BITS || slotBits > 16)
    throw new Error(`Widths of ${xBits}, ${yBits} and ${slotBits} bits when expected at most 24, 24 and 16.`);
  return {
    xBits,
    yBits,
    slotBits,
    rosterRevision: view.getUint32(8, true),
    count: view.getUint16(12, true),
    span: view.getUint16(14, true),
    stream: view.getUint32(16, true),
    sequence: view.getUint32(20, true),
    timeMs: view.getFloat64(24, true),
    west: view.getInt32(32, true) / PER_DEGREE,
    south: view.getInt32(36, true) / PER_DEGREE,
    lonStep: view.getFloat32(40, true),
    latStep: view.getFloat32(44, true),
  };
}
