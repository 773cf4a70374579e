import type { PositionSettings, PositionSettingsChange } from '@xunfang/geo-data/contract';
import { UNIT_KINDS, type UnitKind } from '@xunfang/geo-data/units';

/** One figure of the form: where it stands in the settings and what it may be. */
export interface Figure {
  key: string;
  from: number;
  to: number;
  /** Fractions are allowed. */
  fractions?: boolean;
  read: (settings: PositionSettings) => number;
}
export const WHOLE_FIGURES = {
  marginMeters: figure('marginMeters', 0, 20_000, (settings) => settings.marginMeters, true),
  maxAccuracyMeters: figure('maxAccuracyMeters', 10, 100_000, (settings) => settings.maxAccuracyMeters, true),
  futureToleranceSeconds: figure('futureToleranceSeconds', 1, 3600, (settings) => settings.futureToleranceSeconds),
  maxAgeDays: figure('maxAgeDays', 1, 366, (settings) => settings.maxAgeDays),
} as const;

const LONGEST_AGE = 604_800;

export interface KindFigures {
  kind: UnitKind;
  speed: Figure;
  ages: readonly [Figure, Figure, Figure];
}
export const KIND_FIGURES: readonly KindFigures[] = UNIT_KINDS.map((kind) => ({
  kind,
  speed: figure(`${kind}.speed`, 10, 1200, (settings) => settings.kinds[kind].maxSpeedKmh, true),
  ages: [0, 1, 2].map((step) =>
    figure(`${kind}.${step}`, 1, LONGEST_AGE, (settings) => settings.kinds[kind].ageThresholdsSeconds[step]),
  ) as [Figure, Figure, Figure],
}));

const ALL: readonly Figure[] = [
  ...Object.values(WHOLE_FIGURES),
  ...KIND_FIGURES.flatMap(({ speed, ages }) => [speed, ...ages]),
];

/** What is typed, by figure; what is not in it stands as it was. */
export type Draft = Readonly<Record<string, string>>;

export type Fault = 'range' | 'order';

/** The figure as the form shows it: what was typed, else what is set. */
export const typed = (draft: Draft, wanted: Figure, settings: PositionSettings): string =>
  draft[wanted.key] ?? String(wanted.read(settings));

/** How many figures differ from the settings. */
export function countChanged(draft: Draft, settings: PositionSettings): number {
  return ALL.filter((one) => typed(draft, one, settings).trim() !== String(one.read(settings))).length;
}

/** How many of the bureau's figures are not the defaults. */
export function countOwn(settings: PositionSettings, defaults: PositionSettings): number {
  return ALL.filter((one) => one.read(settings) !== one.read(defaults)).length;
}

/** What is wrong with the figures, by key. */
export function faultsOf(draft: Draft, settings: PositionSettings): Map<string, Fault> {
  const faults = new Map<string, Fault>();
  for (const one of ALL) {
    const text = typed(draft, one, settings).trim();
    const value = Number(text);
    const fits = text !== '' && value >= one.from && value <= one.to && (one.fractions || Number.isInteger(value));
    if (!fits) faults.set(one.key, 'range');
  }
  for (const { ages } of KIND_FIGURES)
    for (const step of [1, 2])
      if (!faults.has(ages[step].key) && !(valueOf(ages[step]) > valueOf(ages[step - 1])))
        faults.set(ages[step].key, 'order');
  return faults;

  function valueOf(one: Figure): number {
    return Number(typed(draft, one, settings));
  }
}

/** What is sent: only what differs. */
export function changeOf(draft: Draft, settings: PositionSettings): PositionSettingsChange {
  const change: PositionSettingsChange = {};
  const value = (one: Figure) => Number(typed(draft, one, settings));
  const differs = (one: Figure) => value(one) !== one.read(settings);
  for (const [name, one] of Object.entries(WHOLE_FIGURES))
    if (differs(one)) Object.assign(change, { [name]: value(one) });
  for (const { kind, speed, ages } of KIND_FIGURES) {
    const ofKind = {
      ...(differs(speed) ? { maxSpeedKmh: value(speed) } : {}),
      ...(ages.some(differs) ? { ageThresholdsSeconds: ages.map(value) as [number, number, number] } : {}),
    };
    if (Object.keys(ofKind).length > 0) change.kinds = { ...change.kinds, [kind]: ofKind };
  }
  return change;
}

function figure(
  key: string,
  from: number,
  to: number,
  read: (settings: PositionSettings) => number,
  fractions = false,
): Figure {
  return { key, from, to, fractions, read };
}
