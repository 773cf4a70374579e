/** Map and labels are drawn on a canvas, which takes what is loaded at that moment: one family, defined in ui/base.css. */
export const MAP_FONT = 'Xunfang Sans';

/** Resolves when Chinese can be drawn; a font that fails to load must not keep the map away. */
export async function loadMapFont(): Promise<void> {
  await document.fonts.load(`16px "${MAP_FONT}"`, '巡防一张图').catch(() => []);
}
