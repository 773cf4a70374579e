/** What a cluster of incidents has at its heart. The position in the list is its code. */
export const SETTINGS = ['nightlife', 'market', 'estate', 'transit', 'arterial'] as const;
export type Setting = (typeof SETTINGS)[number];

export type HourShape = 'night' | 'evening' | 'day' | 'commute' | 'small_hours' | 'home';
export type WeekShape = 'weekend' | 'workday' | 'level';

/** How incidents of one category fall in place and time. */
export interface CategoryProfile {
  /** Of the bureau's dictionary. */
  categoryId: number;
  /** 1 (highest) to 4. */
  priority: number;
  /** Relative number of incidents. */
  share: number;
  hours: HourShape;
  week: WeekShape;
  /** Where its clusters lie. */
  settings: readonly Setting[];
  /** Mean number of further incidents one incident brings at or near its place within a fortnight, below 1. */
  contagion: number;
  /** Share found by officers themselves. */
  selfInitiated: number;
}

const BASE = { contagion: 0.08, selfInitiated: 0 } as const;

/** For the leaves of the dictionary in geo-data/datasets/chengdu-wuhou/categories.json. Shares are invented, not measured. */
export const DEMONSTRATION_PROFILES: readonly CategoryProfile[] = [
  {
    ...BASE,
    categoryId: 10101,
    priority: 2,
    share: 3.2,
    hours: 'small_hours',
    week: 'level',
    settings: ['estate'],
    contagion: 0.42,
  },
  {
    ...BASE,
    categoryId: 10102,
    priority: 3,
    share: 6.4,
    hours: 'night',
    week: 'level',
    settings: ['estate', 'transit'],
    contagion: 0.34,
  },
  {
    ...BASE,
    categoryId: 10103,
    priority: 3,
    share: 2.4,
    hours: 'commute',
    week: 'workday',
    settings: ['transit', 'market'],
    contagion: 0.22,
  },
  {
    ...BASE,
    categoryId: 10104,
    priority: 3,
    share: 3.2,
    hours: 'small_hours',
    week: 'level',
    settings: ['estate', 'nightlife'],
    contagion: 0.4,
  },
  {
    ...BASE,
    categoryId: 10201,
    priority: 1,
    share: 0.5,
    hours: 'night',
    week: 'weekend',
    settings: ['nightlife', 'arterial'],
    contagion: 0.2,
  },
  {
    ...BASE,
    categoryId: 10202,
    priority: 1,
    share: 0.7,
    hours: 'night',
    week: 'level',
    settings: ['market', 'transit'],
    contagion: 0.25,
  },
  { ...BASE, categoryId: 10301, priority: 2, share: 3, hours: 'day', week: 'workday', settings: ['estate', 'market'] },
  {
    ...BASE,
    categoryId: 10302,
    priority: 3,
    share: 1.2,
    hours: 'day',
    week: 'level',
    settings: ['market', 'transit'],
    contagion: 0.2,
  },
  {
    ...BASE,
    categoryId: 104,
    priority: 1,
    share: 2,
    hours: 'night',
    week: 'weekend',
    settings: ['nightlife'],
    contagion: 0.18,
  },
  {
    ...BASE,
    categoryId: 105,
    priority: 3,
    share: 1.6,
    hours: 'night',
    week: 'weekend',
    settings: ['nightlife', 'estate'],
    contagion: 0.2,
  },
  {
    ...BASE,
    categoryId: 201,
    priority: 2,
    share: 6.4,
    hours: 'night',
    week: 'weekend',
    settings: ['nightlife'],
    contagion: 0.2,
  },
  {
    ...BASE,
    categoryId: 202,
    priority: 2,
    share: 2.4,
    hours: 'night',
    week: 'weekend',
    settings: ['nightlife', 'market'],
    contagion: 0.2,
  },
  {
    ...BASE,
    categoryId: 203,
    priority: 3,
    share: 2.2,
    hours: 'evening',
    week: 'weekend',
    settings: ['market', 'nightlife'],
  },
  {
    ...BASE,
    categoryId: 204,
    priority: 3,
    share: 1.4,
    hours: 'night',
    week: 'level',
    settings: ['estate'],
    contagion: 0.3,
    selfInitiated: 0.4,
  },
  {
    ...BASE,
    categoryId: 205,
    priority: 2,
    share: 6,
    hours: 'night',
    week: 'weekend',
    settings: ['nightlife'],
    contagion: 0.16,
  },
  {
    ...BASE,
    categoryId: 30101,
    priority: 1,
    share: 2.2,
    hours: 'commute',
    week: 'workday',
    settings: ['arterial'],
    contagion: 0.05,
  },
  {
    ...BASE,
    categoryId: 30102,
    priority: 3,
    share: 7,
    hours: 'commute',
    week: 'workday',
    settings: ['arterial', 'transit'],
    contagion: 0.05,
  },
  {
    ...BASE,
    categoryId: 302,
    priority: 4,
    share: 3.6,
    hours: 'day',
    week: 'workday',
    settings: ['market', 'estate'],
    contagion: 0.2,
    selfInitiated: 0.3,
  },
  {
    ...BASE,
    categoryId: 303,
    priority: 4,
    share: 1.6,
    hours: 'commute',
    week: 'workday',
    settings: ['arterial'],
    contagion: 0.1,
    selfInitiated: 0.2,
  },
  {
    ...BASE,
    categoryId: 304,
    priority: 2,
    share: 1.8,
    hours: 'night',
    week: 'weekend',
    settings: ['arterial', 'nightlife'],
    contagion: 0.05,
    selfInitiated: 0.7,
  },
  { ...BASE, categoryId: 401, priority: 2, share: 1.8, hours: 'day', week: 'level', settings: ['estate', 'market'] },
  { ...BASE, categoryId: 402, priority: 2, share: 2, hours: 'evening', week: 'level', settings: ['estate'] },
  { ...BASE, categoryId: 403, priority: 4, share: 3, hours: 'day', week: 'level', settings: ['transit', 'market'] },
  {
    ...BASE,
    categoryId: 404,
    priority: 3,
    share: 5.6,
    hours: 'night',
    week: 'weekend',
    settings: ['nightlife'],
    contagion: 0.1,
  },
  { ...BASE, categoryId: 405, priority: 1, share: 2.2, hours: 'home', week: 'level', settings: ['estate'] },
  {
    ...BASE,
    categoryId: 406,
    priority: 1,
    share: 0.2,
    hours: 'evening',
    week: 'level',
    settings: ['arterial'],
    contagion: 0,
  },
  {
    ...BASE,
    categoryId: 501,
    priority: 3,
    share: 4,
    hours: 'home',
    week: 'level',
    settings: ['estate'],
    contagion: 0.4,
  },
  {
    ...BASE,
    categoryId: 502,
    priority: 2,
    share: 4.6,
    hours: 'home',
    week: 'weekend',
    settings: ['estate'],
    contagion: 0.45,
  },
  {
    ...BASE,
    categoryId: 503,
    priority: 4,
    share: 1.8,
    hours: 'day',
    week: 'workday',
    settings: ['market'],
    contagion: 0.15,
  },
  {
    ...BASE,
    categoryId: 504,
    priority: 4,
    share: 2.8,
    hours: 'evening',
    week: 'weekend',
    settings: ['market', 'nightlife'],
    contagion: 0.12,
  },
  {
    ...BASE,
    categoryId: 505,
    priority: 3,
    share: 1.2,
    hours: 'day',
    week: 'workday',
    settings: ['arterial', 'market'],
    contagion: 0.3,
  },
  {
    ...BASE,
    categoryId: 601,
    priority: 4,
    share: 11,
    hours: 'night',
    week: 'weekend',
    settings: ['nightlife', 'estate'],
    contagion: 0.4,
  },
  {
    ...BASE,
    categoryId: 602,
    priority: 3,
    share: 1.6,
    hours: 'evening',
    week: 'level',
    settings: ['estate', 'nightlife'],
    contagion: 0.2,
  },
  { ...BASE, categoryId: 603, priority: 4, share: 0.5, hours: 'day', week: 'workday', settings: ['estate'] },
];

/** Relative rate of each local hour, 0 to 23. */
export const HOUR_WEIGHTS: Readonly<Record<HourShape, readonly number[]>> = {
  night: [9, 7, 5, 3, 1.6, 1, 0.7, 0.7, 1, 1.2, 1.5, 1.8, 2.2, 2, 1.8, 2, 2.2, 2.8, 3.8, 5, 7.5, 10, 12, 11.5],
  evening: [2, 1, 0.6, 0.4, 0.3, 0.4, 0.8, 1.6, 2.4, 3, 3.4, 4, 4.6, 4, 3.8, 4, 4.6, 6, 8, 9.5, 9, 7.5, 5.5, 3.6],
  day: [0.5, 0.3, 0.2, 0.2, 0.2, 0.3, 0.8, 2.4, 5, 8, 9.4, 8.6, 6.4, 6.2, 8, 8.4, 7.8, 6.6, 5, 4, 3.4, 2.6, 1.6, 0.9],
  commute: [
    1.6, 1, 0.6, 0.5, 0.5, 0.8, 2, 6.4, 9.6, 6.2, 4.6, 4.4, 4.8, 4.2, 4.2, 4.6, 5.6, 8.8, 9.2, 6.4, 4.6, 3.8, 3, 2.2,
  ],
  small_hours: [
    6.4, 7.6, 8.8, 8.6, 6.6, 4, 2, 1.4, 1.6, 2.4, 3, 3, 3, 3.6, 3.8, 3.2, 2.6, 2.2, 2.2, 2.6, 3.2, 3.8, 4.6, 5.6,
  ],
  home: [4, 2.6, 1.8, 1.4, 1.2, 1.4, 2, 2.6, 3, 3.2, 3.4, 3.8, 4.4, 4, 3.6, 3.6, 4, 4.8, 6.2, 8, 9, 9, 7.6, 5.8],
};

/** Relative rate of each local day, Monday to Sunday. */
export const WEEK_WEIGHTS: Readonly<Record<WeekShape, readonly number[]>> = {
  weekend: [0.8, 0.8, 0.84, 0.94, 1.3, 1.46, 1.06],
  workday: [1.14, 1.08, 1.06, 1.06, 1.16, 0.86, 0.68],
  level: [1, 0.98, 0.98, 1, 1.06, 1.02, 0.98],
};
