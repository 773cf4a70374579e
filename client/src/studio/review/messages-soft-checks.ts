import { defineMessages } from '../../i18n/index.ts';

export const softCheckMessages = defineMessages(
  'studioSoftChecks',
  {
    title: '软性检查',
    never: '不妨碍提交',
    against: '与现行方案“{{name}}”相比，按排队模型',
    noPlan: '没有可比的现行方案，或时段内没有警情：不比较响应',
    overloaded: '警力不足以应付全部警情，响应时间无从估计',
    mean: '平均响应',
    p90: 'P90 响应',
    minutes: '分',
    worst:
      '{{beat}} 变慢最多：P90 由 {{p90Before}} 升至 {{p90After}} 分（+{{p90Change}}），平均由 {{meanBefore}} 变为 {{meanAfter}} 分；与现行 {{before}} 号巡区相比',
    noneSlower: '没有巡区变慢',
    unbalanced: '{{count}} 个巡区工作量偏离超过 ±{{limit}}：{{beats}}',
    stretched: '{{count}} 个巡区形状过长（紧凑度低于 {{limit}}）：{{beats}}',
    fine: '工作量均衡，形状紧凑',
    beatValue: '{{beat}} {{value}}',
    showPlace: '看位置',
    show: '软性检查',
  },
  {
    title: 'Soft checks',
    never: 'never in the way',
    against: 'Against “{{name}}”, the plan in force, by the queueing model',
    noPlan: 'No plan in force to compare with, or no incidents in the period: response is not compared',
    overloaded: 'There is more work than the units can do: response cannot be estimated',
    mean: 'Mean response',
    p90: 'P90 response',
    minutes: 'min',
    worst:
      '{{beat}} slows most: P90 from {{p90Before}} to {{p90After}} min (+{{p90Change}}), mean from {{meanBefore}} to {{meanAfter}} min; against beat no. {{before}} in force',
    noneSlower: 'No beat gets slower',
    unbalanced: {
      one: 'The workload of {{count}} beat is off by more than ±{{limit}}: {{beats}}',
      other: 'The workload of {{count}} beats is off by more than ±{{limit}}: {{beats}}',
    },
    stretched: {
      one: '{{count}} beat is drawn out (compactness below {{limit}}): {{beats}}',
      other: '{{count}} beats are drawn out (compactness below {{limit}}): {{beats}}',
    },
    fine: 'Workload is balanced, shapes are compact',
    beatValue: '{{beat}} {{value}}',
    showPlace: 'Show',
    show: 'Soft checks',
  },
);
