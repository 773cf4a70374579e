export { StudioLegend } from './map/studio-legend.tsx';
export { StudioLayers, StudioLeft, StudioOverlay, StudioRight } from './studio.tsx';
