import { type MessageTable, registerMessages } from '../platform/index.ts';

const SIMULATION_MESSAGES: MessageTable = {
  SIMULATION_PERIOD_EMPTY: {
    zh: { message: '推演时段为空：{from} 至 {to}。', fix: '结束时间应晚于开始时间。' },
    en: { message: 'The period is empty: {from} to {to}.', fix: 'The end must be after the start.' },
  },
  SIMULATION_SAME_PLAN: {
    zh: { message: '方案 A 与方案 B 是同一个方案。', fix: '请选择两个不同的方案。' },
    en: { message: 'Plan A and plan B are the same plan.', fix: 'Choose two different plans.' },
  },
  SIMULATION_PLAN_INCOMPLETE: {
    zh: {
      message: '方案“{name}”不完整：{atoms} 个网格未归入巡区，{beats} 个巡区没有网格。',
      fix: '请在编辑台补全后再推演。',
    },
    en: {
      message: 'The plan "{name}" is incomplete. Cells in no beat: {atoms}; beats without cells: {beats}.',
      fix: 'Complete it in the studio and run again.',
    },
  },
  SIMULATION_NO_CALLS: {
    zh: { message: '{from} 至 {to} 没有可推演的警情。', fix: '请选择有警情的时段，或放宽类别。' },
    en: {
      message: 'There are no incidents to replay from {from} to {to}.',
      fix: 'Choose a period that has some, or more categories.',
    },
  },
  SIMULATION_PERIOD_SHORT: {
    zh: { message: '该时段只有 {days} 天有警情，少于 {fewest} 天不能给出区间。', fix: '请选择更长的时段。' },
    en: {
      message: 'Days with incidents in the period: {days}; an interval needs at least {fewest}.',
      fix: 'Choose a longer period.',
    },
  },
  SIMULATION_TOO_MANY_CALLS: {
    zh: { message: '该时段有 {count} 起警情，一次最多推演 {most} 起。', fix: '请缩短时段或减少类别。' },
    en: {
      message: 'The period has {count} incidents; one run takes at most {most}.',
      fix: 'Choose a shorter period or fewer categories.',
    },
  },
  SIMULATION_TOO_MANY_ATOMS: {
    zh: { message: '方案有 {atoms} 个网格，推演最多支持 {most} 个。', fix: '请用更粗的网格编制方案。' },
    en: { message: 'The plan has {atoms} cells; a run takes at most {most}.', fix: 'Design it on coarser cells.' },
  },
};

registerMessages(SIMULATION_MESSAGES);
