import { type AreaOnGround, isInside, type Point } from './ground.ts';
import { groundAt, type MapFrame, meets } from './map-frame.ts';
import { around, type Room } from './room.ts';

const STEP = 12;
/** Points to the area's border that are asked for, the roomiest spot first. */
const MARGINS = [24, 10, 2];

/**
 * Where an area's name goes on this map: its label's place, else where there is most room in what is seen of it. null: nowhere.
 * O(spots · vertices).
 */
export function labelSpot(
  frame: MapFrame,
  { label, shape }: AreaOnGround,
  { room, width, height }: { room: Room; width: number; height: number },
): Point | null {
  if (!meets(shape.box, frame.shown)) return null;
  const spots: Point[] = [frame.toPage(label)];
  const [left, top] = frame.toPage([shape.box.west, shape.box.north]);
  const [right, bottom] = frame.toPage([shape.box.east, shape.box.south]);
  for (let y = frame.y + STEP; y < frame.y + frame.height; y += STEP)
    for (let x = frame.x + STEP; x < frame.x + frame.width; x += STEP)
      if (x > left && x < right && y > top && y < bottom) spots.push([x, y]);
  const inside = spots.filter((spot) => isInside(shape, groundAt(frame, spot)));
  for (const margin of MARGINS)
    for (const spot of inside) {
      if (!room.isFree([around(...spot, width, height)])) continue;
      const [dx, dy] = [width / 2 + margin, height / 2 + margin];
      const rim: Point[] = [-1, 0, 1].flatMap((i) =>
        [-1, 0, 1].map((j): Point => [spot[0] + i * dx, spot[1] + j * dy]),
      );
      // What lies beyond the frame does not count: nothing is seen there.
      if (rim.every((point) => !isSeen(frame, point) || isInside(shape, groundAt(frame, point)))) return spot;
    }
  return null;
}

const isSeen = ({ x, y, width, height }: MapFrame, [pageX, pageY]: Point): boolean =>
  pageX >= x && pageX <= x + width && pageY >= y && pageY <= y + height;
