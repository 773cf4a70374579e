import { type MessageTable, registerMessages } from '../platform/index.ts';

const HOTSPOT_MESSAGES: MessageTable = {
  TOO_MANY_CELLS: {
    zh: {
      message: '分辨率 {resolution} 会产生约 {cells} 个网格，上限为 {limit}。',
      fix: '请选择分辨率 {suggestion} 或更低。',
    },
    en: {
      message: 'Resolution {resolution} makes about {cells} cells; the limit is {limit}.',
      fix: 'Choose resolution {suggestion} or coarser.',
    },
  },
  WINDOW_EMPTY: {
    zh: { message: '时间范围为空：{from} 至 {to}。', fix: '结束时间应晚于开始时间。' },
    en: { message: 'The window is empty: {from} to {to}.', fix: 'The end must be after the start.' },
  },
};
registerMessages(HOTSPOT_MESSAGES);
