import { create } from 'zustand';
import { readPreference, writePreference } from '../ui/index.ts';

export type Side = 'left' | 'right' | 'bottom';
interface Slot {
  open: boolean;
  /** Width or height in rem; null: as high as its content. */
  size: number | null;
}
type Layout = Record<Side, Slot>;

/** On a small screen the map comes first: narrower panels, legends folded away. */
const ROOMY = window.innerWidth >= 1500;
const AT_FIRST: Layout = {
  left: { open: true, size: ROOMY ? 26 : 21 },
  right: { open: true, size: ROOMY ? 24 : 21 },
  bottom: { open: true, size: null },
};
const LIMITS: Record<Side, readonly [number, number]> = { left: [16, 44], right: [18, 52], bottom: [4, 30] };

export const usePanelLayout = create<{ layout: Layout; layersOpen: boolean }>(() => ({
  layout: AT_FIRST,
  layersOpen: ROOMY,
}));

/** Once an account is known: panels stand as it left them. */
export function restorePanels(): void {
  usePanelLayout.setState({
    layout: { ...AT_FIRST, ...readPreference<Partial<Layout>>('panels', {}) },
    layersOpen: readPreference('layersOpen', ROOMY),
  });
}

export function togglePanel(side: Side, open?: boolean): void {
  change(side, { open: open ?? !usePanelLayout.getState().layout[side].open });
}

export function resizePanel(side: Side, sizeRem: number): void {
  const [least, most] = LIMITS[side];
  change(side, { size: Math.min(most, Math.max(least, sizeRem)) });
}

export function toggleLayers(): void {
  const layersOpen = !usePanelLayout.getState().layersOpen;
  usePanelLayout.setState({ layersOpen });
  writePreference('layersOpen', layersOpen);
}

function change(side: Side, slot: Partial<Slot>): void {
  const { layout } = usePanelLayout.getState();
  const next = { ...layout, [side]: { ...layout[side], ...slot } };
  usePanelLayout.setState({ layout: next });
  writePreference('panels', next);
}
