import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type ConsolePage, mapReady } from './console-page.ts';
import type { Stage } from './stage.ts';
import { changedText, figureOf, numberIn, POLL } from './waiting.ts';

const UNITS = 40;
const FRESH_SECONDS = 30;

export function dispatchScenario(stage: Stage): void {
  let desk: ConsolePage;
  beforeAll(async () => {
    desk = await stage.openConsole({ username: 'dispatcher.wuhou', path: '/dispatch' });
  });
  // What one test leaves open must not lie over the next.
  afterEach(() => desk.page.keyboard.press('Escape'));
  afterAll(() => desk.close());
  const unitRows = () => desk.page.getByRole('listbox', { name: '警力' }).getByRole('option');
  const incidentRows = () => desk.page.getByRole('listbox', { name: '未结警情' }).getByRole('option');

  it('lists 40 units whose positions keep coming, marked as a simulation', async () => {
    const { page } = desk;
    await unitRows().first().waitFor();
    expect(await unitRows().first().getAttribute('aria-setsize')).toBe(String(UNITS));
    const banner = page.getByRole('banner');
    await banner.getByText('模拟', { exact: true }).waitFor();
    await banner.getByText('演示数据', { exact: true }).waitFor();
    const heard = desk.heard('positions:frame');
    await expect.poll(() => desk.heard('positions:frame'), POLL).toBeGreaterThan(heard + 3);
    const ages = async () => (await unitRows().allTextContents()).map((row) => /(\d+) 秒$/.exec(row)?.[1]);
    await expect
      .poll(async () => (await ages()).every((age) => age !== undefined && Number(age) < FRESH_SECONDS), POLL)
      .toBe(true);
    await page.getByRole('status').getByText('实时').waitFor();
  });

  it('shows a selected unit, where it drives to, and its trail on demand', async () => {
    const { page } = desk;
    await unitRows().first().click();
    const callSign = (await unitRows().first().locator('span').nth(0).textContent()) ?? '';
    const detail = page.locator('#panel-right');
    await detail.getByRole('heading', { level: 2 }).waitFor();
    expect(callSign).not.toBe('');
    await detail.getByText('模拟', { exact: true }).waitFor();
    // Down the list by keyboard to one that drives: others stand at their posts.
    const list = page.getByRole('listbox', { name: '警力' });
    for (let tried = 0; tried < UNITS; tried++) {
      const speed = (await figureOf(page, '速度').textContent()) ?? '';
      if (/\d/.test(speed) && numberIn(speed) > 5) break;
      await list.press('ArrowDown');
    }
    const place = figureOf(page, '位置');
    const before = await place.textContent();
    expect(before).toMatch(/^104\.\d{5}, 30\.\d{5}$/);
    await changedText(place, before);
    await detail.getByRole('button', { name: '显示轨迹' }).click();
    await detail.getByRole('button', { name: '隐藏轨迹', pressed: true }).waitFor();
    await expect.poll(() => desk.requested().some((path) => path.endsWith('/trail')), POLL).toBe(true);
  });

  it('lets a dispatcher move an open incident on to its next state', async () => {
    const { page } = desk;
    await incidentRows().first().waitFor();
    await incidentRows().first().click();
    const detail = page.locator('#panel-right');
    await detail.getByText('演示数据', { exact: true }).waitFor();
    const button = detail.getByRole('button', { name: /^转为：/ }).first();
    const next = ((await button.textContent()) ?? '').replace('转为：', '');
    const state = async () => ((await figureOf(page, '状态').textContent()) ?? '').split(' · ')[0];
    const before = await state();
    await detail.getByLabel('备注').fill('浏览器测试');
    await button.click();
    // The demonstration goes on by itself: a moment later the incident may have moved on once more.
    const entry = detail.getByRole('listitem').filter({ hasText: '浏览器测试' });
    await entry.getByText(next, { exact: true }).waitFor();
    await expect.poll(state, POLL).not.toBe(before);
  });

  it('finds a unit, a beat and a place with Ctrl+K', async () => {
    const { page } = desk;
    const callSign = await callSignOf(3);
    await find(callSign);
    await page.locator('#panel-right').getByRole('heading', { name: callSign }).waitFor();
    expect(new URL(page.url()).searchParams.get('sel')).toMatch(/^unit:\d+$/);
    await find('第05巡区');
    await page.locator('#panel-right').getByRole('heading', { name: '第05巡区' }).waitFor();
    expect(new URL(page.url()).searchParams.get('sel')).toBe('beat:5');
    await find('玉林街派出所');
    await page
      .locator('#panel-right')
      .getByRole('heading', { name: /玉林街派出所/ })
      .waitFor();
  });

  it('shows its keys with ?', async () => {
    const { page } = desk;
    await page.keyboard.press('?');
    const help = page
      .getByRole('dialog', { name: '快捷键' })
      .or(page.getByRole('dialog').filter({ hasText: '快捷键' }));
    await help.getByText('回到全辖区').waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden' });
  });

  it('holds workspace, view and selection in the address, through a reload', async () => {
    const { page } = desk;
    const viewInAddress = () => new URL(page.url()).searchParams.get('map');
    const before = viewInAddress();
    await unitRows().nth(2).click();
    const title = page.locator('#panel-right').getByRole('heading', { level: 2 });
    const callSign = await title.textContent();
    // The address follows the map a moment later.
    await expect.poll(viewInAddress, POLL).not.toBe(before);
    expect(viewInAddress()).toMatch(/^1[5-9]\.\d/);
    const address = new URL(page.url());
    await page.reload();
    await mapReady(page);
    await title.filter({ hasText: callSign ?? '' }).waitFor();
    await desk.settled();
    const restored = new URL(page.url());
    expect(restored.pathname).toBe('/dispatch');
    expect(restored.searchParams.get('sel')).toBe(address.searchParams.get('sel'));
    expect(restored.searchParams.get('map')).toBe(address.searchParams.get('map'));
  });

  it('speaks English without a reload', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('listbox', { name: 'Units' }).waitFor();
    const banner = page.getByRole('banner');
    await banner.getByText('Simulation', { exact: true }).waitFor();
    await banner.getByText('Demonstration data', { exact: true }).waitFor();
    await page.getByRole('heading', { name: 'Open incidents' }).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
  });

  async function callSignOf(row: number): Promise<string> {
    await unitRows().nth(row).click();
    const title = desk.page.locator('#panel-right').getByRole('heading', { level: 2 });
    const callSign = (await title.textContent()) ?? '';
    await desk.page.keyboard.press('Escape');
    return callSign;
  }

  async function find(text: string): Promise<void> {
    const { page } = desk;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(text);
    await page.getByRole('dialog').getByRole('option').filter({ hasText: text }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('combobox').waitFor({ state: 'hidden' });
  }
}
