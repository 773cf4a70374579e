import { registerMessages } from '../platform/index.ts';

registerMessages({
  TRACK_PURPOSE_REQUIRED: {
    zh: {
      message: '查看 {minutes} 分钟以前的轨迹须说明用途。',
      fix: '请选择用途；它会与您的账号一起记入审计日志。',
    },
    en: {
      message: 'Tracks older than {minutes} minutes are opened for a stated purpose only.',
      fix: 'State the purpose; it is kept in the audit log with your account.',
    },
  },
  TRACK_PURPOSE_NOTE_REQUIRED: {
    zh: { message: '用途为“其他”时须填写说明。', fix: '请简要说明，不要写人名、证件号等个人信息。' },
    en: {
      message: 'The purpose "other" takes a note.',
      fix: 'Say it in a few words, without names or identity numbers.',
    },
  },
  TRACK_PERIOD_EMPTY: {
    zh: { message: '时间范围为空。', fix: '结束时间应晚于开始时间。' },
    en: { message: 'The period is empty.', fix: 'The end must be after the start.' },
  },
  TRACK_PERIOD_TOO_LONG: {
    zh: { message: '一次最多查看 {hours} 小时的轨迹。', fix: '请缩短时间范围。' },
    en: { message: 'At most {hours} hours of tracks are opened at once.', fix: 'Shorten the period.' },
  },
  TRACK_TOO_MUCH: {
    zh: { message: '{units} 个单元在所选时间内的轨迹过多。', fix: '请缩短时间范围，或选择较少的单元。' },
    en: {
      message: 'The tracks of {units} units over this period are too many to show.',
      fix: 'Shorten the period, or choose fewer units.',
    },
  },
  TRACK_UNIT_UNKNOWN: {
    zh: { message: '本分局没有编号为 {unitId} 的单元。', fix: '请从名册中选择。' },
    en: { message: 'This bureau has no unit {unitId}.', fix: 'Choose one of the roster.' },
  },
  TRACK_POLICY_OF_ALL: {
    zh: { message: '轨迹的保存与归档涉及全部分局，须由全局管理员操作。', fix: '请联系全局管理员。' },
    en: {
      message: 'Keeping and archiving tracks concerns every bureau; it takes an administrator of all of them.',
      fix: 'Ask such an administrator.',
    },
  },
  TRACK_ARCHIVE_UNKNOWN: {
    zh: { message: '没有 {day} 第 {part} 部分的归档。' },
    en: { message: 'There is no archive of {day}, part {part}.' },
  },
  TRACK_ARCHIVE_RESTORED: {
    zh: { message: '{day} 的归档已恢复，到期前可直接查看。' },
    en: { message: 'The archive of {day} is restored already.' },
  },
  TRACK_ARCHIVE_DAMAGED: {
    zh: {
      message: '归档文件 {file} 与归档时的记录不符（{zh}），未恢复任何数据。',
      fix: '请从备份中取回该文件后重试。',
    },
    en: {
      message: 'The archive file {file} is not what was archived ({en}); nothing was restored.',
      fix: 'Bring the file back from a backup and try again.',
    },
  },
});
