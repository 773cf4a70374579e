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
    zh: { message: '位置报文中 {field} 为“{actual}”，应为 {expected}。', fix: '请按 OsmAnd 协议发送。' },
    en: {
      message: 'In the position message {field} is "{actual}" when expected {expected}.',
      fix: 'Send it as the OsmAnd protocol says.',
    },
  },
  DEVICE_IDENTIFIER_TAKEN: {
    zh: { message: '编号“{identifier}”已有在用设备。', fix: '请换一个编号，或先吊销原设备。' },
    en: {
      message: 'A device "{identifier}" is in use.',
      fix: 'Choose another identifier, or revoke that device first.',
    },
  },
  UNIT_UNKNOWN: {
    zh: { message: '本分局没有编号为 {unitId} 的单元。', fix: '请从名册中选择。' },
    en: { message: 'This bureau has no unit {unitId}.', fix: 'Choose one of the roster.' },
  },
});
