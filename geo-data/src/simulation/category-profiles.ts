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

type ProfileRow = readonly [number, number, number, HourShape, WeekShape, readonly Setting[], number, number];

/** Category, priority, share, hours, week, settings, contagion, self-initiated. */
const ROWS: readonly ProfileRow[] = [
  [10101, 2, 3.2, 'small_hours', 'level', ['estate'], 0.42, 0],
  [10102, 3, 6.4, 'night', 'level', ['estate', 'transit'], 0.34, 0],
  [10103, 3, 2.4, 'commute', 'workday', ['transit', 'market'], 0.22, 0],
  [10104, 3, 3.2, 'small_hours', 'level', ['estate', 'nightlife'], 0.4, 0],
  [10201, 1, 0.5, 'night', 'weekend', ['nightlife', 'arterial'], 0.2, 0],
  [10202, 1, 0.7, 'night', 'level', ['market', 'transit'], 0.25, 0],
  [10301, 2, 3, 'day', 'workday', ['estate', 'market'], 0.08, 0],
  [10302, 3, 1.2, 'day', 'level', ['market', 'transit'], 0.2, 0],
  [104, 1, 2, 'night', 'weekend', ['nightlife'], 0.18, 0],
  [105, 3, 1.6, 'night', 'weekend', ['nightlife', 'estate'], 0.2, 0],
  [201, 2, 6.4, 'night', 'weekend', ['nightlife'], 0.2, 0],
  [202, 2, 2.4, 'night', 'weekend', ['nightlife', 'market'], 0.2, 0],
  [203, 3, 2.2, 'evening', 'weekend', ['market', 'nightlife'], 0.08, 0],
  [204, 3, 1.4, 'night', 'level', ['estate'], 0.3, 0.4],
  [205, 2, 6, 'night', 'weekend', ['nightlife'], 0.16, 0],
  [30101, 1, 2.2, 'commute', 'workday', ['arterial'], 0.05, 0],
  [30102, 3, 7, 'commute', 'workday', ['arterial', 'transit'], 0.05, 0],
  [302, 4, 3.6, 'day', 'workday', ['market', 'estate'], 0.2, 0.3],
  [303, 4, 1.6, 'commute', 'workday', ['arterial'], 0.1, 0.2],
  [304, 2, 1.8, 'night', 'weekend', ['arterial', 'nightlife'], 0.05, 0.7],
  [401, 2, 1.8, 'day', 'level', ['estate', 'market'], 0.08, 0],
  [402, 2, 2, 'evening', 'level', ['estate'], 0.08, 0],
  [403, 4, 3, 'day', 'level', ['transit', 'market'], 0.08, 0],
  [404, 3, 5.6, 'night', 'weekend', ['nightlife'], 0.1, 0],
  [405, 1, 2.2, 'home', 'level', ['estate'], 0.08, 0],
  [406, 1, 0.2, 'evening', 'level', ['arterial'], 0, 0],
  [501, 3, 4, 'home', 'level', ['estate'], 0.4, 0],
  [502, 2, 4.6, 'home', 'weekend', ['estate'], 0.45, 0],
  [503, 4, 1.8, 'day', 'workday', ['market'], 0.15, 0],
  [504, 4, 2.8, 'evening', 'weekend', ['market', 'nightlife'], 0.12, 0],
  [505, 3, 1.2, 'day', 'workday', ['arterial', 'market'], 0.3, 0],
  [601, 4, 11, 'night', 'weekend', ['nightlife', 'estate'], 0.4, 0],
  [602, 3, 1.6, 'evening', 'level', ['estate', 'nightlife'], 0.2, 0],
  [603, 4, 0.5, 'day', 'workday', ['estate'], 0.08, 0],
];

/** For the leaves of the dictionary in geo-data/datasets/chengdu-wuhou/categories.json. Shares are invented, not measured. */
export const DEMONSTRATION_PROFILES: readonly CategoryProfile[] = ROWS.map(
  ([categoryId, priority, share, hours, week, settings, contagion, selfInitiated]) => {
    return { categoryId, priority, share, hours, week, settings, contagion, selfInitiated };
  },
);

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
