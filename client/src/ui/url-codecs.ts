import type { FilterCodec } from './url-state.ts';

export const textCodec: FilterCodec<string> = {
  parse: (text) => text ?? '',
  format: (value) => value || null,
};

/** A number that rests at `atRest`; anything unreadable rests too. */
export function numberCodec(atRest: number): FilterCodec<number> {
  return {
    parse: (text) => (text !== null && text !== '' && Number.isFinite(Number(text)) ? Number(text) : atRest),
    format: (value) => (value === atRest ? null : String(value)),
  };
}

/** One of a few words. */
export function choiceCodec<Choice extends string>(choices: readonly Choice[], atRest: Choice): FilterCodec<Choice> {
  return {
    parse: (text) => choices.find((choice) => choice === text) ?? atRest,
    format: (value) => (value === atRest ? null : value),
  };
}

/** Numbers as `1,2,5`; empty means all. */
export const numberListCodec: FilterCodec<readonly number[]> = {
  parse: (text) => (text ? text.split(',').map(Number).filter(Number.isFinite) : []),
  format: (values) => (values.length > 0 ? values.join(',') : null),
};
