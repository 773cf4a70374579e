export type DrawIcon = (context: CanvasRenderingContext2D, sizePx: number) => void;

export interface IconAtlas {
  /**
   * For `iconAtlas` of a deck.gl IconLayer. The canvas itself: an address of data would have to be fetched, which the
   * content security policy refuses.
   */
  atlas: string;
  mapping: Record<
    string,
    { x: number; y: number; width: number; height: number; anchorX: number; anchorY: number; mask: boolean }
  >;
}

const COLUMNS = 8;

/**
 * Draws named marks side by side on one canvas. Every mark gets a square of `sizePx`, clipped, in white: they are masks
 * and take the layer's colour.
 */
export function makeIconAtlas(icons: ReadonlyMap<string, DrawIcon>, sizePx = 96): IconAtlas {
  const canvas = document.createElement('canvas');
  canvas.width = COLUMNS * sizePx;
  canvas.height = Math.ceil(icons.size / COLUMNS) * sizePx;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2D canvas to draw marks with.');
  const mapping: IconAtlas['mapping'] = {};
  let index = 0;
  for (const [name, draw] of icons) {
    const x = (index % COLUMNS) * sizePx;
    const y = Math.floor(index / COLUMNS) * sizePx;
    context.save();
    context.translate(x, y);
    context.beginPath();
    context.rect(0, 0, sizePx, sizePx);
    context.clip();
    context.beginPath();
    context.fillStyle = '#ffffff';
    context.strokeStyle = '#ffffff';
    context.lineJoin = 'round';
    context.lineCap = 'round';
    draw(context, sizePx);
    context.restore();
    mapping[name] = { x, y, width: sizePx, height: sizePx, anchorX: sizePx / 2, anchorY: sizePx / 2, mask: true };
    index++;
  }
  // The layer takes any image source; its types name only addresses and textures.
  return { atlas: canvas as unknown as string, mapping };
}
