export { StudioLayers, StudioLeft, StudioOverlay, StudioRight } from './studio.tsx';
