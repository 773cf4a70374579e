import { registerMessages } from '../platform/index.ts';

registerMessages({
  ALARM_ACKNOWLEDGED: {
    zh: { message: '此告警已由 {by} 签收。', fix: '无需再次签收；处置后请由其关闭。' },
    en: { message: '{by} has acknowledged this alarm already.', fix: 'Nothing to do; close it once it is handled.' },
  },
  ALARM_NOT_ACKNOWLEDGED: {
    zh: { message: '告警尚未签收，不能关闭。', fix: '请先签收，再关闭。' },
    en: { message: 'The alarm is not acknowledged, so it cannot be closed.', fix: 'Acknowledge it first.' },
  },
  ALARM_CLOSED: {
    zh: { message: '此告警已由 {by} 关闭。', fix: '如再次求助，会产生新的告警。' },
    en: { message: '{by} has closed this alarm.', fix: 'Another call for help raises a new one.' },
  },
});
