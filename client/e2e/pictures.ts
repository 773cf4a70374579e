import type { Page } from 'playwright-core';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The part of the map that no panel covers. What is centred and fitted lies in its middle. */
export async function freeMap(page: Page): Promise<Box> {
  return page.evaluate(() => {
    const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
    const map = box('[data-map-state]');
    if (!map) throw new Error('There is no map.');
    const left = box('#panel-left')?.right ?? map.left;
    const right = box('#panel-right')?.left ?? map.right;
    const bottom = box('#panel-bottom')?.top ?? map.bottom;
    return { x: left, y: map.top, width: right - left, height: bottom - map.top };
  });
}

/** A part of the free map without the tools at its edges. */
export async function middleOfMap(page: Page, share = 0.4): Promise<Box> {
  const { x, y, width, height } = await freeMap(page);
  return {
    x: Math.round(x + (width * (1 - share)) / 2),
    y: Math.round(y + (height * (1 - share)) / 2),
    width: Math.round(width * share),
    height: Math.round(height * share),
  };
}

/** Share of the middle of the map that has the colours of much: the upper half of the ramp, which no basemap has. */
export async function shareOfGrid(page: Page): Promise<number> {
  const clip = await middleOfMap(page);
  let pixels = 0;
  for (const [colour, count] of await coloursOf(page, clip)) {
    const value = Number.parseInt(colour.slice(1), 16);
    const red = value >> 16;
    const blue = value & 255;
    if (red > 120 && red - blue > 60) pixels += count;
  }
  return pixels / (clip.width * clip.height);
}

/** How many pixels of a part of the page have each colour (`#rrggbb`). */
export async function coloursOf(page: Page, clip: Box): Promise<Map<string, number>> {
  const picture = await page.screenshot({ clip });
  const counts = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (!context) throw new Error('No 2D canvas.');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const found: Record<number, number> = {};
    for (let at = 0; at < data.length; at += 4) {
      const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
      found[colour] = (found[colour] ?? 0) + 1;
    }
    return Object.entries(found);
  }, picture.toString('base64'));
  return new Map(counts.map(([colour, count]) => [`#${Number(colour).toString(16).padStart(6, '0')}`, count]));
}
