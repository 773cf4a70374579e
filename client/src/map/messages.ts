import { defineMessages } from '../i18n/index.ts';

export const mapMessages = defineMessages(
  'map',
  {
    map: '地图',
    zoomIn: '放大 (+)',
    zoomOut: '缩小 (-)',
    fit: '回到全辖区 (F)',
    layers: '图层与图例 (L)',
    layersTitle: '图层',
    stack: '此处有 {{count}} 项',
    coordinates: 'WGS 84 经度、纬度',
    noWebgl: '此浏览器不能显示地图',
    noWebglFix: '需要 WebGL 2。列表与数字仍可使用；请开启硬件加速或换用新版 Chromium、Firefox、Edge。',
    basemapFailed: '底图没有载入：{{reason}}',
  },
  {
    map: 'Map',
    zoomIn: 'Zoom in (+)',
    zoomOut: 'Zoom out (-)',
    fit: 'Whole bureau (F)',
    layers: 'Layers and legends (L)',
    layersTitle: 'Layers',
    stack: { one: '{{count}} thing here', other: '{{count}} things here' },
    coordinates: 'WGS 84 longitude, latitude',
    noWebgl: 'This browser cannot show the map',
    noWebglFix:
      'WebGL 2 is needed. Lists and figures still work; switch on hardware acceleration or use a current Chromium, Firefox or Edge.',
    basemapFailed: 'The basemap was not loaded: {{reason}}',
  },
);
