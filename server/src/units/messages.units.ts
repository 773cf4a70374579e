import { registerMessages } from '../platform/index.ts';

registerMessages({
  DEVICE_KEY_UNKNOWN: {
    zh: { message: '设备密钥无效或已吊销。', fix: '请在管理台为该设备重新签发密钥，并更新设备中的服务器地址。' },
    en: {
      message: 'The device key is unknown or revoked.',
      fix: 'Issue a new key for the device and put it into the device’s server address.',
    },
  },
  DEVICE_IDENTIFIER_MISMATCH: {
    zh: {
      message: '设备自报编号“{actual}”与密钥所属设备“{expected}”不符。',
      fix: '请在设备中填写正确的编号，或使用该设备自己的密钥。',
    },
    en: {
      message: 'The device calls itself "{actual}" but the key belongs to "{expected}".',
      fix: 'Set the right identifier in the device, or use its own key.',
    },
  },
  DEVICE_MESSAGE_MALFORMED: {
    zh: { message: '位置报文中 {field} 为“{actual}”，应为 {expected}。', fix: '请按所用协议的格式发送。' },
    en: {
      message: 'In the position message {field} is "{actual}" when expected {expected}.',
      fix: 'Send it as its protocol says.',
    },
  },
  DEVICE_IDENTIFIER_TAKEN: {
    zh: { message: '编号“{identifier}”已有在用设备。', fix: '请换一个编号，或先吊销原设备。' },
    en: {
      message: 'A device "{identifier}" is in use.',
      fix: 'Choose another identifier, or revoke that device first.',
    },
  },
  DEVICE_RATE_LIMITED: {
    zh: { message: '设备发送过于频繁，已超过每分钟限额。', fix: '请降低上报频率，或在管理台调高该设备的限额。' },
    en: {
      message: 'The device sends more messages than its rate allows.',
      fix: 'Report less often, or raise the limit of the device.',
    },
  },
  DEVICE_TOPIC_TAKEN: {
    zh: { message: '主题“{topic}”已属于另一台设备。', fix: '请换一个 MQTT 用户名或设备编号。' },
    en: {
      message: 'The topic "{topic}" belongs to another device.',
      fix: 'Choose another MQTT user or identifier.',
    },
  },
  DEVICE_REVOKED: {
    zh: { message: '设备“{identifier}”已吊销。', fix: '请以同一编号重新登记该设备。' },
    en: { message: 'The device "{identifier}" is revoked.', fix: 'Register it again under its identifier.' },
  },
  KEY_OVERLAP_NONE: {
    zh: { message: '设备“{identifier}”现在只有一个有效密钥。' },
    en: { message: 'The device "{identifier}" has only one key in use.' },
  },
  KEY_OVERLAP_REFUSED: {
    zh: { message: '旧密钥的失效时间应在现在之后 {days} 天之内。' },
    en: { message: 'The old key may work on until a time within the next {days} days.' },
  },
  POSITION_AGES_DISORDERED: {
    zh: { message: '{kind} 的时效阈值应依次递增（变旧 < 陈旧 < 失联）。' },
    en: { message: 'The age thresholds of {kind} must grow: ageing < stale < lost.' },
  },
  UNIT_UNKNOWN: {
    zh: { message: '本分局没有编号为 {unitId} 的单元。', fix: '请从名册中选择。' },
    en: { message: 'This bureau has no unit {unitId}.', fix: 'Choose one of the roster.' },
  },
});
