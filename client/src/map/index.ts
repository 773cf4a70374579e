export { type DrawIcon, type IconAtlas, makeIconAtlas } from './icon-atlas.ts';
export { MAP_FONT } from './fonts.ts';
export { LAYER_GROUPS, type LayerGroup } from './layer-groups.ts';
export { setLayerVisible, useLayerVisible } from './layer-visibility.ts';
export { type Bounds, type CameraView, type Insets, mapCamera } from './map-camera.ts';
export { type LayerEvents, type MapPick, mapLayers } from './map-layers.ts';
export { pointer } from './map-pointer.ts';
export { mapMessages } from './messages.ts';
export { MapView } from './map-view.tsx';
