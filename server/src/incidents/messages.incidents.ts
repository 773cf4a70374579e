import { type MessageTable, registerMessages } from '../platform/index.ts';

const INCIDENT_MESSAGES: MessageTable = {
  TRANSITION_ILLEGAL: {
    zh: { message: '警情不能从“{from}”变为“{to}”。', fix: '当前允许的下一状态：{legal}。' },
    en: { message: 'An incident cannot go from "{from}" to "{to}".', fix: 'Legal next states: {legal}.' },
  },
  TRANSITION_TOO_EARLY: {
    zh: { message: '变更时间 {at} 早于当前状态的开始时间 {since}。', fix: '请更正时间。' },
    en: { message: 'The change at {at} is before the current state began, {since}.', fix: 'Correct the time.' },
  },
  TRANSITION_IN_FUTURE: {
    zh: { message: '变更时间 {at} 晚于现在。', fix: '请更正时间。' },
    en: { message: 'The change at {at} is in the future.', fix: 'Correct the time.' },
  },
  TOO_MANY_INCIDENTS: {
    zh: { message: '一次最多提交 {limit} 条警情，实际 {count} 条。', fix: '请分批发送，或使用文件导入。' },
    en: { message: 'At most {limit} incidents a request, got {count}.', fix: 'Send them in parts, or import a file.' },
  },
  NOT_INCIDENTS: {
    zh: { message: '请求内容不是警情。', fix: '应为一条警情、警情数组、GeoJSON Feature 或 FeatureCollection。' },
    en: {
      message: 'The body holds no incidents.',
      fix: 'Send an incident, an array of them, a GeoJSON Feature or a FeatureCollection.',
    },
  },
  CURSOR_INVALID: {
    zh: { message: 'cursor 不是上一页给出的值。', fix: '请从第一页重新开始。' },
    en: { message: 'The cursor is none that a page gave.', fix: 'Start again from the first page.' },
  },

  /* Why one item or row was refused. */
  REJECTED_UNPARSABLE_COORDINATES: {
    zh: { message: '坐标无法识别（{field}）。' },
    en: { message: 'The coordinates cannot be read ({field}).' },
  },
  REJECTED_UNPARSABLE_TIME: {
    zh: { message: '时间无法识别（{field}）。' },
    en: { message: 'The time cannot be read ({field}).' },
  },
  REJECTED_MISSING_FIELD: { zh: { message: '缺少 {field}。' }, en: { message: '{field} is missing.' } },
  REJECTED_NULL_ISLAND: {
    zh: { message: '坐标为 0,0：来源系统没有位置。' },
    en: { message: 'The coordinates are 0,0: the source knew no place.' },
  },
  REJECTED_OUTSIDE_BUREAU: {
    zh: { message: '位置在辖区及其外扩范围之外。' },
    en: { message: 'The place lies outside the bureau and its margin.' },
  },
  REJECTED_IN_THE_FUTURE: { zh: { message: '发生时间晚于现在。' }, en: { message: 'It occurs in the future.' } },
  REJECTED_DUPLICATE: {
    zh: { message: '已经存在，未重复写入。' },
    en: { message: 'It is there already; nothing was added.' },
  },
  REJECTED_MALFORMED_ROW: {
    zh: { message: '格式错误（{field}）。' },
    en: { message: 'It is malformed ({field}).' },
  },
};
registerMessages(INCIDENT_MESSAGES);
