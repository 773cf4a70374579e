import { registerMessages } from '../../platform/index.ts';

registerMessages({
  JT808_IDENTIFIER_NOT_A_PHONE: {
    zh: {
      message: '设备编号“{identifier}”不是 JT/T 808 终端手机号。',
      fix: '请以终端手机号（最多 20 位数字）作为编号登记设备。',
    },
    en: {
      message: 'The identifier "{identifier}" is no JT/T 808 terminal phone number.',
      fix: 'Register the device under the phone number of the terminal (at most 20 digits).',
    },
  },
  JT808_TERMINAL_UNKNOWN: {
    zh: { message: '没有终端以号码“{phone}”请求注册。', fix: '请开放注册窗口，待终端重新请求后再接入。' },
    en: {
      message: 'No terminal "{phone}" has asked to register.',
      fix: 'Open the window and wait until the terminal asks again.',
    },
  },
  JT808_WINDOW_TAKEN: {
    zh: { message: '另一个分局正在为终端“{identifier}”开放注册。', fix: '请在其注册完成或十分钟后重试。' },
    en: {
      message: 'Another bureau is letting a terminal "{identifier}" register.',
      fix: 'Try again when it has, or in ten minutes.',
    },
  },
});
