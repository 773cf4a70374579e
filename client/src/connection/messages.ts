import { defineMessages } from '../i18n/index.ts';

export const connectionMessages = defineMessages(
  'connection',
  {
    unreachable: '连不上服务器',
    unreachableFix: '请检查本机网络；服务恢复后页面会自动重新连接，已显示的数据会保留。',
    unexpected: '服务器返回了无法识别的应答（状态 {{status}}）',
    unexpectedFix: '请稍后重试；若反复出现，请联系管理员。',
    interrupted: '上传中断',
  },
  {
    unreachable: 'The server cannot be reached',
    unreachableFix: 'Check this desk’s network. The page reconnects by itself; what is shown stays.',
    unexpected: 'The server answered in a way this page does not understand (status {{status}})',
    unexpectedFix: 'Try again shortly; if it keeps happening, tell your administrator.',
    interrupted: 'The upload was interrupted',
  },
);
