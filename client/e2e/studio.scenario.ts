import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConsolePage } from './console-page.ts';
import { coloursOf, freeMap, middleOfMap } from './pictures.ts';
import type { Stage } from './stage.ts';
import { figureOf, numberIn, POLL } from './waiting.ts';

const CHANGED = '易手网格';
/** What is cut off is hatched in this. */
const ACT = '#ff5a52';

/** Begins after the plan scenario: 27 beats in force, a draft “五网格试行” designed and waiting. */
export function studioScenario(stage: Stage): void {
  let desk: ConsolePage;
  let second: ConsolePage;
  let reviewer: ConsolePage | undefined;
  beforeAll(async () => {
    desk = await stage.openConsole({ username: 'supervisor.wuhou', path: '/plan' });
  });
  afterAll(async () => {
    await desk.close();
    await reviewer?.close();
  });

  it('paints the plan in force as a draft by real drags, undoes and redoes; figures follow every stroke', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: '调整此方案' }).click();
    await page.getByRole('dialog').getByLabel('新草案名称').fill('东线调整');
    await page.getByRole('dialog').getByRole('button', { name: '另存为新草案' }).click();
    expect(await settledFigure(page)).toBe(0);

    await page.keyboard.press('b');
    await drag(page, [0, 0], [140, 0]);
    await expect.poll(() => settledFigure(page), POLL).toBeGreaterThan(0);
    const painted = await settledFigure(page);
    await page
      .getByRole('status')
      .filter({ hasText: /^已保存 \d\d:\d\d:\d\d$/ })
      .waitFor();

    await page.keyboard.press('Control+z');
    await expect.poll(() => settledFigure(page), POLL).toBe(0);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => settledFigure(page), POLL).toBe(painted);
    // A drag that is dropped leaves no trace.
    await drag(page, [0, -60], [-140, -60], { drop: true });
    await expect.poll(() => settledFigure(page), POLL).toBe(painted);
  });

  it('merges a beat into its neighbour', async () => {
    const { page } = desk;
    const beats = () => page.locator('#panel-right').getByRole('table').locator('tbody tr').count();
    expect(await beats()).toBe(27);
    await page.keyboard.press('j');
    // The beat in the middle onto whichever other one lies in one of the four directions.
    for (const [x, y] of [
      [0, -190],
      [0, 190],
      [190, 0],
      [-190, 0],
    ]) {
      await drag(page, [0, 0], [x, y]);
      await settledFigure(page);
      if ((await beats()) < 27) break;
    }
    await expect.poll(beats, POLL).toBe(26);
    // Back to a sound plan.
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect.poll(() => settledFigure(page), POLL).toBe(0);
    expect(await beats()).toBe(27);
  });

  it('walks through the proposals of the machine by keys and takes one over as one step', async () => {
    const { page } = desk;
    await page.getByRole('radio', { name: '推荐' }).click();
    await page.getByLabel('搜索时长').selectOption('5');
    await page.getByRole('button', { name: '开始推荐' }).click();
    await page.getByText(/^(搜索完成|机器较慢)/).waitFor();
    const chart = page.getByRole('listbox', { name: '推荐方案' });
    await chart.press('Home');
    await expect.poll(() => settledFigure(page), POLL).toBeGreaterThan(0);
    const shown = await settledFigure(page);
    await chart.press('Escape');
    await expect.poll(() => settledFigure(page), POLL).toBe(0);
    await chart.press('Home');
    await page.getByRole('button', { name: '取用到草案' }).click();
    await page.getByText(/已取用到草案/).waitFor();
    await expect.poll(() => settledFigure(page), POLL).toBe(shown);
    await page.keyboard.press('Control+z');
    await expect.poll(() => settledFigure(page), POLL).toBe(0);
    await page.getByRole('radio', { name: '编辑' }).click();
  });

  it('marks a beat that was cut, keeps it from being submitted, and mends it by clicks', async () => {
    const { page } = desk;
    const before = await reds(page);
    await page.getByRole('button', { name: /第01巡区/ }).click();
    await page.keyboard.press('b');
    await page.keyboard.press('[');
    // One cell far away from it.
    await drag(page, [0, 0], [1, 1]);
    const problems = page.getByRole('list', { name: '问题' });
    await problems.getByText(/第01巡区 被切成 \d 块/).waitFor();
    await expect.poll(() => reds(page), POLL).toBeGreaterThan(before + 20);
    expect(await page.getByRole('button', { name: '提交审批' }).isDisabled()).toBe(true);

    const repair = problems.getByRole('button', { name: '修复' });
    for (let round = 0; round < 8 && (await repair.count()) > 0; round++) {
      const had = await problems.textContent();
      await repair.first().click();
      await expect.poll(async () => ((await problems.count()) > 0 ? problems.textContent() : null), POLL).not.toBe(had);
      await settledFigure(page);
    }
    await page.getByText('没有妨碍提交的问题').waitFor();
    await expect.poll(() => reds(page), POLL).toBeLessThanOrEqual(before);
    await expect.poll(() => page.getByRole('button', { name: '提交审批' }).isDisabled(), POLL).toBe(false);
  });

  it('keeps everything over a reload, undo included', async () => {
    const { page } = desk;
    const changed = await settledFigure(page);
    await page.reload();
    expect(await settledFigure(page)).toBe(changed);
    await page.keyboard.press('Control+z');
    await expect.poll(() => settledFigure(page), POLL).not.toBe(changed);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => settledFigure(page), POLL).toBe(changed);
  });

  it('shows what a second editor does', async () => {
    const { page } = desk;
    const path = new URL(page.url());
    second = await stage.openConsole({ username: 'admin', path: `${path.pathname}${path.search}` });
    await page.getByText('admin 也在编辑').waitFor();
    const before = await settledFigure(page);
    await settledFigure(second.page);
    await second.page.keyboard.press('b');
    await drag(second.page, [0, 60], [120, 60]);
    await expect.poll(() => settledFigure(page), POLL).not.toBe(before);
    expect(await settledFigure(page)).toBe(await settledFigure(second.page));
  });

  it('keeps what could not be sent over a reload, and sends it once it can', async () => {
    const { page } = desk;
    const before = await settledFigure(second.page);
    desk.forgive(/ERR_FAILED/);
    await page.route('**/api/drafts/*/edits', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    const offline = page.getByText('离线，1 处改动已留存本机');
    await page.keyboard.press('b');
    await drag(page, [-60, 0], [-60, 130]);
    await offline.waitFor();
    const painted = await settledFigure(page);
    await page.reload();
    await offline.waitFor();
    expect(await settledFigure(page)).toBe(painted);
    expect(await settledFigure(second.page)).toBe(before);
    await page.unroute('**/api/drafts/*/edits');
    await expect.poll(() => settledFigure(second.page), POLL).toBe(painted);
    await second.close();
    desk.forgive();
  });

  it('goes from draft over review by somebody else into force, and every console hears it', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: '返回方案' }).click();
    const grid = page.getByRole('listitem').filter({ hasText: '五网格试行' });
    await grid.getByRole('button', { name: '编辑' }).click();
    await page.getByRole('heading', { name: '五网格试行' }).waitFor();
    await page.getByRole('button', { name: '提交审批' }).click();
    await page.getByText('“五网格试行”已提交审批').waitFor();
    await page.getByText('须由另一位主管审批').waitFor();

    reviewer = await stage.openConsole({ username: 'admin.wuhou', path: '/plan' });
    const waiting = reviewer.page.getByRole('listitem').filter({ hasText: '五网格试行' });
    await waiting.getByRole('button', { name: '审批' }).click();
    await reviewer.page.getByLabel('审批意见').fill('同意');
    await reviewer.page.getByRole('button', { name: '批准' }).click();
    await reviewer.page.getByText('已批准“五网格试行”').waitFor();

    await page.getByRole('button', { name: '发布', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '立即生效' }).click();
    await page.getByText('方案“五网格试行”已发布').waitFor();
    await reviewer.page.getByRole('button', { name: '返回方案' }).click();
    await reviewer.page.getByText('5 个防区 · 5 个巡区', { exact: true }).first().waitFor();
    expect(reviewer.heard('plan:published')).toBe(1);
  });
}

/** From the middle of the free map, in pixels; the mouse goes in steps, as a hand does. */
async function drag(
  page: Page,
  [fromX, fromY]: [number, number],
  [toX, toY]: [number, number],
  { drop = false } = {},
): Promise<void> {
  const { x, y, width, height } = await freeMap(page);
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  await page.mouse.move(middleX + fromX, middleY + fromY);
  await page.mouse.down();
  await page.mouse.move(middleX + toX, middleY + toY, { steps: 6 });
  if (drop) await page.keyboard.press('Escape');
  await page.mouse.up();
}

/** Cells that changed hands against the plan in force, in per cent, once the figures are those of the plan shown. */
async function settledFigure(page: Page): Promise<number> {
  await page.locator('dl[data-stale=false]').waitFor();
  return numberIn(await figureOf(page, CHANGED).textContent());
}

async function reds(page: Page): Promise<number> {
  const colours = await coloursOf(page, await middleOfMap(page, 0.5));
  return colours.get(ACT) ?? 0;
}
