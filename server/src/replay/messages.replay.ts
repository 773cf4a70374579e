import { type MessageTable, registerMessages } from '../platform/index.ts';

const REPLAY_MESSAGES: MessageTable = {
  BLOCK_TOO_LARGE: {
    zh: { message: '所选时间范围内有 {count} 条警情，上限为 {limit} 条。', fix: '请缩短时间范围或选择类别。' },
    en: {
      message: 'The window holds {count} incidents; the limit is {limit}.',
      fix: 'Shorten it, or choose categories.',
    },
  },
  REPLAY_WINDOW_EMPTY: {
    zh: { message: '时间范围为空。', fix: '结束时间应晚于开始时间。' },
    en: { message: 'The window is empty.', fix: 'The end must be after the start.' },
  },
};
registerMessages(REPLAY_MESSAGES);
