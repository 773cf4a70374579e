import { FORCE_LAYERS, type ForceLayer } from '@xunfang/geo-data/units';
import { type DrawIcon, type IconAtlas, makeIconAtlas } from '../map/icon-atlas.ts';
import { AGE_CLASSES } from './live-units.ts';

/** What the unit is doing that its call sign alone does not say: drawn around the wedge, so it shows in greyscale. */
export const BADGES = ['none', 'called', 'on_scene', 'out'] as const;
export type Badge = (typeof BADGES)[number];

/** How old a place is, or that it is the planned one of a unit never heard. */
export const DRAWN_AGES = [...AGE_CLASSES, 'planned'] as const;
type DrawnAge = (typeof DRAWN_AGES)[number];

const CELL_PX = 96;

export const markIcon = (layer: ForceLayer, age: DrawnAge, heading: boolean) =>
  `${layer}-${age}-${heading ? 'wedge' : 'stand'}`;
export const haloIcon = (layer: ForceLayer, heading: boolean) => `${layer}-halo-${heading ? 'wedge' : 'stand'}`;

let made: IconAtlas | null = null;

/**
 * One atlas of masks, coloured by the layer. The force layer decides the shape, the age its line (solid, hollow, dashed,
 * ghost; a ghost with a cross where it is only planned), a known heading its point.
 */
export function unitIcons(): IconAtlas {
  if (made) return made;
  const draws = new Map<string, DrawIcon>();
  for (const layer of FORCE_LAYERS)
    for (const heading of [true, false]) {
      const outline = outlineOf(layer, heading);
      draws.set(haloIcon(layer, heading), (context) => {
        outline(context);
        context.lineWidth = 18;
        context.stroke();
        context.fill();
      });
      for (const age of DRAWN_AGES)
        draws.set(markIcon(layer, age, heading), (context) => drawAge(context, outline, age));
    }
  for (const badge of BADGES) draws.set(badge, (context) => drawBadge(context, badge));
  draws.set('selected', (context) => {
    ring(context, 43, 5);
  });
  made = makeIconAtlas(draws, CELL_PX);
  return made;
}

function drawAge(
  context: CanvasRenderingContext2D,
  outline: (context: CanvasRenderingContext2D) => void,
  age: DrawnAge,
): void {
  outline(context);
  if (age === 'fresh') {
    context.fill();
    return;
  }
  const ghost = age === 'lost' || age === 'planned';
  context.lineWidth = ghost ? 5 : 7;
  // Round ends would close the gaps of a line as wide as they are.
  context.lineCap = 'butt';
  context.setLineDash(age === 'stale' ? [10, 8] : ghost ? [4, 7] : []);
  context.stroke();
  if (age === 'planned') {
    // A cross: where it is to be, not where it was.
    context.setLineDash([]);
    context.lineWidth = 5;
    context.beginPath();
    context.moveTo(38, 48);
    context.lineTo(58, 48);
    context.moveTo(48, 38);
    context.lineTo(48, 58);
    context.stroke();
  }
}

function drawBadge(context: CanvasRenderingContext2D, badge: Badge): void {
  if (badge === 'on_scene') ring(context, 40, 6);
  if (badge === 'called') {
    // Two bars of a ring, left and right: on the way to a call.
    for (const start of [-0.6, Math.PI - 0.6]) {
      context.beginPath();
      context.lineWidth = 8;
      context.arc(CELL_PX / 2, CELL_PX / 2, 40, start, start + 1.2);
      context.stroke();
    }
  }
  if (badge === 'out') {
    context.lineWidth = 6;
    context.beginPath();
    context.moveTo(20, 20);
    context.lineTo(76, 76);
    context.stroke();
  }
}

function ring(context: CanvasRenderingContext2D, radius: number, width: number): void {
  context.beginPath();
  context.lineWidth = width;
  context.arc(CELL_PX / 2, CELL_PX / 2, radius, 0, 2 * Math.PI);
  context.stroke();
}

/** Shapes point north. Armed patrol: arrow with a deep notch; station patrol: wedge; office overlay: kite; community: disc. */
function outlineOf(layer: ForceLayer, heading: boolean): (context: CanvasRenderingContext2D) => void {
  const points: Record<ForceLayer, [number, number][]> = {
    armed_patrol: [
      [48, 14],
      [74, 74],
      [48, 58],
      [22, 74],
    ],
    station_patrol: [
      [48, 16],
      [72, 72],
      [24, 72],
    ],
    office_overlay: [
      [48, 14],
      [68, 46],
      [48, 76],
      [28, 46],
    ],
    community_joint: [],
  };
  const standing: Record<ForceLayer, [number, number][]> = {
    armed_patrol: [
      [48, 22],
      [74, 48],
      [48, 74],
      [22, 48],
    ],
    station_patrol: [
      [27, 27],
      [69, 27],
      [69, 69],
      [27, 69],
    ],
    office_overlay: [
      [36, 24],
      [60, 24],
      [72, 48],
      [60, 72],
      [36, 72],
      [24, 48],
    ],
    community_joint: [],
  };
  return (context) => {
    context.beginPath();
    const corners = (heading ? points : standing)[layer];
    if (corners.length === 0) {
      context.arc(48, 50, 21, 0, 2 * Math.PI);
      if (heading) {
        context.moveTo(38, 31);
        context.lineTo(48, 14);
        context.lineTo(58, 31);
      }
      return;
    }
    corners.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    context.closePath();
  };
}
