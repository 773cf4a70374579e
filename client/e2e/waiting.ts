import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** For `expect.poll`: patient enough for software rendering beside a database on two cores. */
export const POLL = { timeout: 45_000, interval: 200 } as const;

/** Waits until the text differs from `before`, and gives it. */
export async function changedText(locator: Locator, before: string | null): Promise<string> {
  let text = before;
  await expect
    .poll(async () => {
      text = await locator.textContent();
      return text;
    }, POLL)
    .not.toBe(before);
  return text ?? '';
}

/** `12,345.6` as it is written for people. */
export function numberIn(text: string | null): number {
  const digits = /-?[\d,]*\.?\d+/.exec((text ?? '').replace('−', '-'))?.[0];
  if (digits === undefined) throw new Error(`No number in ${JSON.stringify(text)}.`);
  return Number(digits.replaceAll(',', ''));
}

/** The value beside a label in a list of figures (`<dl>`). */
export function figureOf(page: Page, label: string): Locator {
  const term = page.locator('dt').filter({ hasText: new RegExp(`^${label}$`) });
  return page.locator('dl > div').filter({ has: term }).locator('dd').first();
}
