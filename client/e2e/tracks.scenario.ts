import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConsolePage } from './console-page.ts';
import type { Stage } from './stage.ts';
import { reportYesterday, type TrackHistory } from './track-history.ts';
import { changedText, POLL } from './waiting.ts';

const UNITS = 5;

export function tracksScenario(stage: Stage): void {
  let desk: ConsolePage;
  let history: TrackHistory;
  beforeAll(async () => {
    history = await reportYesterday(stage.installation, UNITS);
    desk = await stage.openConsole({ username: 'supervisor.wuhou', path: '/dispatch' });
  });
  afterAll(() => desk.close());
  const strip = () => desk.page.locator('#panel-bottom');
  const timeline = () => strip().getByRole('slider', { name: '各单元时间轴' });
  const chosen = () => strip().getByRole('status');
  const instant = () => strip().locator('strong');

  it('asks what the tracks are opened for, then shows all units of the period', async () => {
    const { page } = desk;
    await strip().getByRole('button', { name: '轨迹回看' }).click();
    await strip().getByLabel('开始时间').fill(history.from);
    await strip().getByRole('button', { name: '打开' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('谁、何时、因何用途查看了谁的轨迹').waitFor();
    await dialog.getByRole('button', { name: '打开轨迹' }).click();
    await dialog.getByRole('alert').getByText('请选择用途').waitFor();
    await dialog.getByLabel('用途', { exact: true }).selectOption({ label: '勤务检查' });
    await dialog.getByLabel('说明').fill('浏览器测试');
    await dialog.getByRole('button', { name: '打开轨迹' }).click();
    await strip()
      .getByText(`40 个单元 · ${40 - UNITS} 个无轨迹 · ${2 * UNITS} 次停留`)
      .waitFor();
    await strip().getByText('用途：勤务检查 · 浏览器测试').waitFor();
  });

  it('goes from stop to stop by keyboard, names the place and flies there', async () => {
    const { page } = desk;
    await timeline().focus();
    await page.keyboard.press('n');
    await chosen()
      .getByText(/停留 · 玉林街派出所.*（(29|30|31) 分）/)
      .waitFor();
    const there = () => new URL(page.url()).searchParams.get('map') ?? '';
    await expect.poll(there, POLL).toMatch(/30\.62[67]/);
    expect(await timeline().getAttribute('aria-valuetext')).toContain('玉林街派出所');
    await page.keyboard.press('n');
    await chosen()
      .getByText(/停留 · 芳草东街派出所/)
      .waitFor();
    await page.keyboard.press('p');
    await chosen()
      .getByText(/停留 · 玉林街派出所/)
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await chosen().getByText(history.callSigns[1]).waitFor();
  });

  it('follows a click and plays on', async () => {
    const { page } = desk;
    const before = await instant().textContent();
    const box = await timeline().boundingBox();
    if (!box) throw new Error('The timeline is not on screen.');
    await page.mouse.click(box.x + box.width * 0.8, box.y + 8);
    const clicked = await changedText(instant(), before);
    await strip().getByRole('button', { name: '播放' }).click();
    await changedText(instant(), clicked);
    await strip().getByRole('button', { name: '暂停' }).click();
  });

  it('does not ask again for ten minutes, and says when nothing was recorded', async () => {
    await strip().getByLabel('开始时间').fill(history.from.replace('T09', 'T03'));
    await strip().getByRole('button', { name: '按此时段打开' }).click();
    await strip().getByText('这段时间没有任何轨迹点').waitFor();
    expect(await desk.page.getByRole('dialog').count()).toBe(0);
    await strip().getByRole('button', { name: '退出回看' }).click();
    await strip().getByRole('button', { name: '轨迹回看' }).waitFor();
  });

  it('asks before a trail beyond the live picture opens', async () => {
    const { page } = desk;
    await page.getByRole('listbox', { name: '警力' }).getByRole('option').first().click();
    const detail = page.locator('#panel-right');
    await detail.getByRole('button', { name: '显示轨迹' }).click();
    await detail.getByText('近 30 分钟轨迹').waitFor();
    await detail.getByRole('radio', { name: '2 时' }).click();
    await page.getByRole('dialog').getByLabel('用途', { exact: true }).selectOption({ label: '警情复盘' });
    await page.getByRole('dialog').getByRole('button', { name: '打开轨迹' }).click();
    await detail.getByText('近 120 分钟轨迹').waitFor();
  });

  it('leaves it in the audit log, and shows the archive to administrators', async () => {
    const admin = await stage.openConsole({ username: 'admin', path: '/admin' });
    const { page } = admin;
    await page.getByRole('tab', { name: '审计日志' }).click();
    await page.getByRole('searchbox').fill('勤务检查');
    const row = page.getByRole('row').filter({ hasText: 'supervisor.wuhou' }).first();
    await row.getByText(/勤务检查.*浏览器测试/).waitFor();
    await page.getByRole('tab', { name: '轨迹存档' }).click();
    await page.getByLabel('在线保存天数').fill('3');
    await page.getByText('请填写 7 至 3650 的整数').waitFor();
    await page.getByLabel('在线保存天数').fill('200');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('轨迹策略已保存').waitFor();
    await page.getByText('还没有归档').waitFor();
    expect(admin.takeComplaints()).toEqual([]);
    await admin.close();
  });
}
