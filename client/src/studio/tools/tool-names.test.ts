import { expect, it } from 'vitest';
import { isUsable, TOOL_NAMES } from './tool-names.ts';

it('leaves those who may not edit with choosing and commenting', () => {
  expect(TOOL_NAMES.filter((name) => isUsable(name, false))).toEqual(['select', 'comment']);
  expect(TOOL_NAMES.filter((name) => isUsable(name, true))).toEqual([...TOOL_NAMES]);
});
