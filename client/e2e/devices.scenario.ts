import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectTerminal } from '../../server/src/units/jt808/testing/terminal-client.ts';
import { authenticationFrame, registrationFrame } from '../../server/src/units/jt808/testing/terminal-frames.ts';
import type { ConsolePage } from './console-page.ts';
import { freeMap } from './pictures.ts';
import type { Stage } from './stage.ts';
import { figureOf, numberIn, POLL } from './waiting.ts';

const [LON, LAT] = [104.05, 30.63];
/** All stand on one spot, so that one mark hides the others. */
const STACKED = 22;
/** A calm hand: longer than what gesture libraries take for a tap by themselves. */
const SLOW_PRESS_MS = 400;
const FIXED_AHEAD_SECONDS = 50;

/** An administrator enrols, watches and re-keys devices; a dispatcher sees what comes of it. */
export function devicesScenario(stage: Stage): void {
  let desk: ConsolePage;
  let first = '';
  beforeAll(async () => {
    desk = await stage.openConsole({ username: 'admin.wuhou', path: '/admin/devices' });
  });
  afterAll(() => desk.close());
  const card = (name: string) => desk.page.getByRole('region', { name, exact: true });
  /** As a phone does: the address that the console shows, and a query. */
  const report = async (address: string, fields: Record<string, string | number>) =>
    (await fetch(`${address}?${new URLSearchParams(Object.entries(fields).map(([k, v]) => [k, String(v)]))}`)).status;

  it('enrols a phone by clicks and shows what it sends, and what of it is refused and why', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: '登记设备' }).click();
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('alert').getByText('必填').waitFor();
    await page.getByLabel('设备标识').last().fill('e2e-phone');
    first = await keyAfter('登记');
    expect(first).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/osmand\/[\w-]{32}$/);
    await page.getByRole('heading', { name: 'e2e-phone' }).waitFor();

    expect(await report(first, { lat: LAT, lon: LON })).toBe(200);
    await card('报文与拒收').getByText('未绑定警力').waitFor();
    await page.getByRole('button', { name: '修改', exact: true }).click();
    await page.getByLabel('警力', { exact: true }).selectOption({ label: '武侯-105' });
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect.poll(() => figureOf(page, '警力').textContent(), POLL).toBe('武侯-105');

    const sent: Record<string, string | number>[] = [
      { lat: 0, lon: 0 },
      { lat: 31.2, lon: 121.4, note: '<img src=x onerror=alert(1)>' },
      { lat: LAT, lon: LON, accuracy: 5000 },
      { lat: LAT, lon: LON },
    ];
    for (const fields of sent) expect(await report(first, fields)).toBe(200);
    const counts = card('报文与拒收');
    for (const reason of ['坐标为 0,0', '在辖区及余量之外', '精度太差']) await counts.getByText(reason).waitFor();
    await expect.poll(async () => numberIn(await counts.getByText('已接收').locator('..').textContent()), POLL).toBe(1);
    const quarantine = card('被拒收的定位');
    await quarantine.getByRole('row').filter({ hasText: '121.40000' }).click();
    await quarantine.locator('pre').filter({ hasText: '<img src=x onerror=alert(1)>' }).waitFor();
    expect(await page.locator('img[src=x]').count()).toBe(0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      quarantine.getByRole('link', { name: '下载 CSV' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toContain('null_island');
  });

  it('finds it again in the list and by its address', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: '返回列表' }).click();
    await page.getByLabel('设备标识或呼号').fill('E2E');
    await expect.poll(() => page.getByRole('row').count(), POLL).toBe(2);
    await page.getByRole('row').filter({ hasText: 'e2e-phone' }).filter({ hasText: '武侯-105' }).press('Enter');
    await page.getByRole('heading', { name: 'e2e-phone' }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/admin\/devices\/\d+$/);
    await page.reload();
    await page.getByRole('heading', { name: 'e2e-phone' }).waitFor();
  });

  it('changes its key while the old one works on, until it is ended', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: '换发密钥' }).click();
    const second = await keyAfter('换发');
    await card('密钥').getByText('新旧两个密钥都有效').waitFor();
    const works = async (address: string) => (await report(address, { lat: LAT, lon: LON })) === 200;
    expect([await works(first), await works(second)]).toEqual([true, true]);
    await page.getByRole('button', { name: '停用旧密钥' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '停用旧密钥' }).click();
    await card('密钥').getByText('一个密钥有效').waitFor();
    expect([await works(first), await works(second)]).toEqual([false, true]);
  });

  it('lets a terminal in that knocked while the window was open', async () => {
    const { page } = desk;
    await page.getByRole('tab', { name: '终端注册' }).click();
    await page.getByRole('button', { name: '开放窗口' }).click();
    const port = numberIn(/端口 \d+/.exec((await page.getByText(/端口 \d+/).textContent()) ?? '')?.[0] ?? null);
    const terminal = await connectTerminal(port);
    const knock = async () => {
      terminal.send(registrationFrame('13911112222', 'E2E-1'));
      return Buffer.from((await terminal.reply()).body.subarray(2));
    };
    expect((await knock())[0]).toBe(3);
    const row = page.getByRole('row').filter({ hasText: '13911112222' });
    await row.getByRole('button', { name: '接入' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('警力').selectOption({ label: '武侯-106' });
    await dialog.getByRole('button', { name: '接入' }).click();
    await row.getByText('已接入，等待终端再次请求 · 武侯-106').waitFor();
    const answer = await knock();
    expect(answer[0]).toBe(0);
    expect(await terminal.ask(authenticationFrame('13911112222', answer.subarray(1).toString()))).toBe(0);
    terminal.socket.destroy();
    await row.getByText('已领取密钥 · 武侯-106').waitFor();
    await page.getByRole('button', { name: '关闭窗口' }).click();
    await page.getByRole('button', { name: '开放窗口' }).waitFor();
  });

  it('tells the desks of other age classes, and a dispatcher of refused positions and of who stands on one spot', async () => {
    const { page } = desk;
    const dispatcher = await stage.openConsole({
      username: 'dispatcher.wuhou',
      path: `/dispatch?map=16/${LAT}/${LON}`,
    });
    const floor = dispatcher.page;
    const list = floor.getByRole('listbox', { name: '警力' });
    await list.getByRole('option').first().waitFor();

    await page.getByRole('tab', { name: '定位设置' }).click();
    await page.getByLabel('警车 延迟 ≥ 秒').fill('70');
    await page.getByText('应依次递增').waitFor();
    expect(await page.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
    await page.getByLabel('警车 延迟 ≥ 秒').fill('44');
    await page.getByRole('button', { name: '保存' }).click();
    await floor.keyboard.press('l');
    await floor.getByText('< 44 秒').waitFor();
    await page.getByRole('button', { name: '恢复默认' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '恢复默认' }).click();
    await floor.getByText('< 15 秒').waitFor();
    await floor.keyboard.press('l');

    await floor.getByLabel('筛选呼号').fill('武侯-105');
    await list.getByRole('option').first().click();
    await floor.locator('#panel-right').getByText('3 条定位被拒收').waitFor();
    await floor.getByLabel('筛选呼号').fill('');
    await floor.keyboard.press('Escape');

    const stop = await standOnOneSpot(page, STACKED);
    try {
      const menu = floor.getByRole('menu', { name: /此处有 \d+ 项/ });
      await floor.getByLabel('筛选呼号').fill('步巡-01');
      await list.getByRole('option').first().click();
      const together = floor.locator('#panel-right').getByRole('button', { name: /此处共 \d+ 个警力/ });
      await expect.poll(async () => numberIn(await together.textContent()), POLL).toBeGreaterThanOrEqual(20);
      // It may have come to the spot only after it was chosen.
      await floor.locator('#panel-right').getByRole('button', { name: '在图上定位' }).click();
      await list.press('Enter');
      await expect.poll(() => menu.getByRole('menuitem').count(), POLL).toBeGreaterThanOrEqual(20);
      await menu.getByRole('menuitem').first().getByText('实时').waitFor();
      await floor.keyboard.press('End');
      const last = (await menu.getByRole('menuitem').last().locator('span > span').first().textContent()) ?? '';
      await floor.keyboard.press('Enter');
      await menu.waitFor({ state: 'hidden' });
      await floor.locator('#panel-right').getByRole('heading', { level: 2 }).filter({ hasText: last }).waitFor();

      const { x, y } = await markOf(floor);
      await floor.mouse.click(x, y, { delay: SLOW_PRESS_MS });
      await expect.poll(() => menu.getByRole('menuitem').count(), POLL).toBeGreaterThanOrEqual(20);
      await floor.keyboard.press('Escape');
      await menu.waitFor({ state: 'hidden' });
    } finally {
      stop();
      await dispatcher.close();
    }
  });

  /** Presses the button that makes a key and hands over what is shown this once. */
  async function keyAfter(button: string): Promise<string> {
    const { page } = desk;
    await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
    const secret = (await page.locator('[data-secret]').textContent()) ?? '';
    await page.getByRole('button', { name: '我已保存' }).click();
    return secret;
  }

  /**
   * Devices of their own bring so many units to one spot and keep them there: their clocks run ahead by less than the
   * bureau allows, so that what the simulator sends of the same units is late. Returns how to stop them.
   */
  async function standOnOneSpot(page: Page, count: number): Promise<() => void> {
    const keys = await page.evaluate(async (wanted) => {
      const ask = async (path: string, init?: RequestInit) => (await (await fetch(path, init)).json()) as never;
      const bureau = '?bureau=chengdu-wuhou';
      const { csrfToken } = (await ask('/api/session')) as { csrfToken: string };
      const roster = (await ask(`/api/units${bureau}`)) as { units: { id: number; callSign: string }[] };
      // The one that is looked for among them.
      const units = roster.units.toSorted(
        (a, b) => Number(b.callSign === '步巡-01') - Number(a.callSign === '步巡-01'),
      );
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrfToken };
      const made: string[] = [];
      for (const { id } of units.slice(0, wanted)) {
        const body = JSON.stringify({ identifier: `e2e-stack-${id}`, unitId: id });
        const answer = (await ask(`/api/devices${bureau}`, { method: 'POST', headers, body })) as { key: string };
        made.push(answer.key);
      }
      return made;
    }, count);
    expect(keys).toHaveLength(count);
    const send = () => {
      const timestamp = Math.floor(Date.now() / 1000) + FIXED_AHEAD_SECONDS;
      return Promise.all(
        keys.map((key) => report(`${stage.installation.url}/api/osmand/${key}`, { lat: LAT, lon: LON, timestamp })),
      );
    };
    await send();
    const timer = setInterval(() => void send().catch(() => {}), 3000);
    return () => clearInterval(timer);
  }

  /** The unit just chosen lies in the middle of the map that no panel covers. */
  async function markOf(page: Page): Promise<{ x: number; y: number }> {
    const { x, y, width, height } = await freeMap(page);
    return { x: x + width / 2, y: y + height / 2 };
  }
}
