import { defineMessages } from '../i18n/index.ts';

export const clockMessages = defineMessages(
  'clock',
  {
    now: '刚刚',
    secondsAgo: '{{count}} 秒前',
    minutesAgo: '{{count}} 分钟前',
    hoursAgo: '{{count}} 小时前',
    daysAgo: '{{count}} 天前',
    seconds: '{{count}} 秒',
    minutes: '{{count}} 分',
    hours: '{{count}} 小时',
    days: '{{count}} 天',
  },
  {
    now: 'just now',
    secondsAgo: '{{count}} s ago',
    minutesAgo: '{{count}} min ago',
    hoursAgo: '{{count}} h ago',
    daysAgo: { one: '{{count}} day ago', other: '{{count}} days ago' },
    seconds: '{{count}} s',
    minutes: '{{count}} min',
    hours: '{{count}} h',
    days: '{{count}} d',
  },
);
