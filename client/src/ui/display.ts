import { create } from 'zustand';
import { readPreference, writePreference } from './preferences.ts';
import { applyTokens, type Theme } from './tokens.ts';

interface Display {
  theme: Theme;
  /** Read from 8 m: bigger type, no panels' chrome, no hover. */
  wall: boolean;
  /** Size of 1rem over 14 px. Marks on the map keep pace with the type by multiplying with it. */
  scale: number;
}

const DESK_PX = 14;
const query = new URLSearchParams(window.location.search);
const wishedTheme = query.get('theme') ?? readPreference('theme', 'dark');
const wallWished = query.get('wall') === '1';

export const useDisplay = create<Display>(() => ({
  theme: wishedTheme === 'light' ? 'light' : 'dark',
  wall: wallWished,
  scale: 1,
}));

export function setTheme(theme: Theme): void {
  applyTokens(theme);
  writePreference('theme', theme);
  useDisplay.setState({ theme });
}

/** A display account is a wall even without `?wall=1`. */
export function setWall(wall: boolean): void {
  useDisplay.setState({ wall: wall || wallWished });
  resize();
}

/** Call once before the first render. */
export function startDisplay(): void {
  applyTokens(useDisplay.getState().theme);
  resize();
  window.addEventListener('resize', resize);
}

/**
 * The root font size. A desk keeps 14 px up to 1440 px of height and grows in step beyond (21 px on an unscaled 4K screen).
 * A wall's smallest text (0.86rem) is 2 % of its height: 43 px of 2160.
 */
function resize(): void {
  const { wall } = useDisplay.getState();
  const height = window.innerHeight;
  const rootPx = wall ? Math.max(20, (height * 0.02) / 0.86) : Math.max(DESK_PX, (height * DESK_PX) / 1440);
  document.documentElement.style.fontSize = `${rootPx.toFixed(2)}px`;
  document.documentElement.dataset.wall = String(wall);
  useDisplay.setState({ scale: rootPx / DESK_PX });
}
