import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConsolePage, frames, unfoldLegends } from './console-page.ts';
import { freeMap, shareOfGrid } from './pictures.ts';
import type { Stage } from './stage.ts';
import { changedText, numberIn, POLL } from './waiting.ts';

export function analyseScenario(stage: Stage): void {
  let desk: ConsolePage;
  beforeAll(async () => {
    desk = await stage.openConsole({ username: 'analyst.wuhou', language: 'en', path: '/analyse' });
    await unfoldLegends(desk.page);
  });
  afterAll(() => desk.close());
  const legend = () => desk.page.getByRole('region', { name: 'Layers' });
  const total = () => legend().getByText(/^n = /);
  const firstCell = () => desk.page.locator('#panel-left').getByRole('table').locator('tbody tr').first();

  it('states measure, window, n and method of the grid in its legend', async () => {
    await legend().getByText('Kernel density', { exact: true }).waitFor();
    await legend()
      .getByText(/^\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d$/)
      .waitFor();
    await legend()
      .getByText(/^Epanechnikov kernel, bandwidth [\d,]+ m/)
      .waitFor();
    await legend().getByText('Demonstration data', { exact: true }).waitFor();
    expect(numberIn(await total().textContent())).toBeGreaterThan(1000);
    await firstCell().waitFor();
  });

  it('follows measure, period and hours with legend and numbers', async () => {
    const { page } = desk;
    await page.getByRole('radio', { name: 'Count' }).click();
    await legend().getByText('incidents per cell', { exact: true }).waitFor();
    await page.getByRole('radio', { name: /Gi\*$/ }).click();
    await legend().getByText('Hot, q ≤ 0.01', { exact: true }).waitFor();
    await legend()
      .getByText(/Benjamini-Hochberg/)
      .waitFor();

    const quarter = await total().textContent();
    const hottest = await firstCell().textContent();
    await page.getByLabel('Period').selectOption({ label: 'Last 30 days' });
    const month = await changedText(total(), quarter);
    expect(numberIn(month)).toBeLessThan(numberIn(quarter));
    await changedText(firstCell(), hottest);
    await page.getByRole('button', { name: 'Night' }).click();
    const nights = await changedText(total(), month);
    expect(numberIn(nights)).toBeLessThan(numberIn(month));
    expect(page.url()).toContain('period=30');
    await page.getByRole('button', { name: 'All day' }).click();
    await changedText(total(), nights);
    await page.getByLabel('Period').selectOption({ label: 'Last 90 days' });
    await expect.poll(() => total().textContent(), POLL).toBe(quarter);
  });

  it('gives the numbers of the cell under the pointer', async () => {
    const { page } = desk;
    await page.getByRole('radio', { name: 'Count' }).click();
    await legend().getByText('incidents per cell', { exact: true }).waitFor();
    const count = await firstCell().locator('td').nth(1).textContent();
    // Choosing a cell brings it to the middle.
    await firstCell().click();
    await page
      .locator('#panel-right')
      .getByRole('heading', { name: /^Cell 8a/ })
      .waitFor();
    await desk.settled();
    const { x, y, width, height } = await freeMap(page);
    await page.mouse.move(x + width / 2 + 3, y + height / 2 + 3);
    await page.mouse.move(x + width / 2, y + height / 2);
    const tooltip = page.getByText(
      /^[\d,]+ incidents · [\d.,]+ per km² · density [\d.,]+ · z −?[\d.,]+ · q (< )?[\d.]+$/,
    );
    await tooltip.waitFor();
    expect(numberIn(await tooltip.textContent())).toBe(numberIn(count));
    await page.keyboard.press('Escape');
  });

  it('keeps the grid on the map through a change of language and of theme', async () => {
    const { page } = desk;
    await desk.settled();
    const share = await shareOfGrid(page);
    expect(share).toBeGreaterThan(0.02);
    const drawn = () => expect.poll(() => shareOfGrid(page), POLL).toBeGreaterThan(share / 2);
    for (const button of ['中文', '换成浅色', '换成深色', 'English']) {
      await page.getByRole('button', { name: button }).click();
      await desk.settled();
      await drawn();
    }
  });

  it('replays the period: plays, pauses, scrubs', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Start replay' }).click();
    const cursor = page.getByRole('slider', { name: 'Time of the replay' });
    await cursor.waitFor();
    await legend().getByText('Replay', { exact: true }).waitFor();
    const time = async () => Number(await cursor.inputValue());
    const start = await time();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(time, POLL).toBeGreaterThan(start + 86_400);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    const paused = await time();
    await frames(page, 4);
    expect(await time()).toBe(paused);

    const span = await cursor.getAttribute('aria-valuetext');
    const strip = page.locator('#panel-bottom').getByRole('status');
    const shown = await strip.textContent();
    await cursor.press('End');
    expect(await time()).toBe(Number(await cursor.getAttribute('max')));
    expect(await cursor.getAttribute('aria-valuetext')).not.toBe(span);
    await changedText(strip, shown);
    const longWindow = numberIn(/([\d,]+) in the window/.exec((await strip.textContent()) ?? '')?.[1] ?? null);
    await page.getByLabel('Window', { exact: true }).selectOption({ label: '1 day' });
    await expect
      .poll(async () => numberIn(/([\d,]+) in the window/.exec((await strip.textContent()) ?? '')?.[1] ?? null), POLL)
      .toBeLessThan(longWindow);
    await page.getByRole('button', { name: 'Leave replay' }).click();
    await legend().getByText('Hotspot grid', { exact: true }).waitFor();
  });
}
