import type { Device, Roster, SessionView } from '@xunfang/geo-data/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConsolePage } from './console-page.ts';
import type { Installation } from './installation.ts';
import type { Stage } from './stage.ts';
import { figureOf, POLL } from './waiting.ts';

const BUREAU = 'chengdu-wuhou';

export function alarmsScenario(stage: Stage): void {
  let dispatcher: ConsolePage;
  let supervisor: ConsolePage;
  let device: { key: string; callSign: string };
  beforeAll(async () => {
    device = await registerDevice(stage.installation);
    dispatcher = await stage.openConsole({ username: 'dispatcher.wuhou', path: '/dispatch' });
    supervisor = await stage.openConsole({ username: 'supervisor.wuhou', path: '/plan' });
  });
  afterAll(async () => {
    await dispatcher.close();
    await supervisor.close();
  });
  const report = (fields: string) =>
    fetch(`${stage.installation.url}/api/osmand/${device.key}?lat=30.64&lon=104.04&${fields}`);

  it('shows an SOS sent by a device at once; the dispatcher goes there and acknowledges by one key', async () => {
    const { page } = dispatcher;
    await page.getByRole('button', { name: '告警：0 条待签收，0 条未关闭' }).waitFor();
    expect((await report('alarm=sos')).status).toBe(200);
    const banner = page.getByRole('alert').filter({ hasText: '紧急求助' });
    await banner.getByText(device.callSign).waitFor();
    await page.getByRole('button', { name: `紧急求助 ${device.callSign} 待签收` }).waitFor();
    // Also on a desk that is busy with something else.
    await supervisor.page.getByRole('alert').filter({ hasText: device.callSign }).waitFor();
    await page.keyboard.press('a');
    await page.getByText(`已签收：紧急求助 ${device.callSign}`).waitFor();
    await banner.waitFor({ state: 'detached' });
    await page.locator('#panel-right').getByRole('heading', { name: device.callSign }).waitFor();
    await supervisor.page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('keeps it open until it is closed with a reason', async () => {
    const { page } = dispatcher;
    await page.keyboard.press('Shift+A');
    const list = page.getByRole('complementary', { name: '全部告警' });
    const item = list.getByRole('listitem').filter({ hasText: device.callSign });
    await item.getByText('处置中').waitFor();
    await item.getByText(/签收 · dispatcher\.wuhou/).waitFor();
    await item.getByRole('button', { name: '关闭告警' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('关闭原因').selectOption({ label: '演练' });
    await dialog.getByRole('button', { name: '关闭告警' }).click();
    await item.getByText(/演练 · dispatcher\.wuhou/).waitFor();
    await list.getByText('没有未关闭的告警').waitFor();
    await page.keyboard.press('Shift+A');
  });

  it('lets a supervisor draw a fence with a hole; who drives into it shows up', async () => {
    const { page } = supervisor;
    await page.getByRole('radio', { name: '电子围栏' }).click();
    await page.getByRole('button', { name: '绘制围栏' }).click();
    const map = await page.getByRole('application').boundingBox();
    const panel = await page.locator('#panel-left').boundingBox();
    if (!map || !panel) throw new Error('The map or its panel is not on the page.');
    const left = panel.x + panel.width;
    /** Of the part of the map that the panel leaves free. */
    const at = (x: number, y: number) => [left + x * (map.x + map.width - left), map.y + y * map.height] as const;
    const click = (x: number, y: number) => page.mouse.click(...at(x, y));
    for (const [x, y] of [
      [0.15, 0.15],
      [0.75, 0.15],
      [0.75, 0.85],
      [0.4, 0.5],
    ] as const)
      await click(x, y);
    await page.keyboard.press('Control+z');
    await click(0.15, 0.85);
    await page.keyboard.press('Enter');
    await page.getByText(/拖动顶点移动/).waitFor();
    // The middle of an edge becomes a corner.
    await page.mouse.move(...at(0.45, 0.15));
    await page.mouse.down();
    await page.mouse.move(...at(0.45, 0.08), { steps: 3 });
    await page.mouse.up();
    await page.getByRole('button', { name: '画空洞' }).click();
    for (const [x, y] of [
      [0.44, 0.48],
      [0.48, 0.48],
      [0.46, 0.52],
    ] as const)
      await click(x, y);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '删除空洞 1' }).waitFor();
    await page.getByLabel('名称', { exact: true }).fill('夜市周边');
    await page.getByRole('radio', { name: '关注' }).click();
    await page.getByRole('button', { name: '保存围栏' }).click();
    await page.getByText('已保存围栏“夜市周边”').waitFor();
    const detail = page.locator('#panel-right');
    await detail.getByRole('heading', { name: '夜市周边' }).waitFor();
    expect(await figureOf(page, '顶点').textContent()).toContain('8');
    // The simulated units drive there: whoever is found within has entered.
    const events = detail.getByRole('list', { name: '最近进出' }).getByRole('listitem');
    await expect.poll(() => events.count(), POLL).toBeGreaterThan(0);
    expect(await events.last().textContent()).toMatch(/进入/);
    await expect.poll(() => dispatcher.heard('geofence:crossed'), POLL).toBeGreaterThan(0);
    await detail.getByRole('button', { name: '删除围栏' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '删除围栏' }).click();
    await page.getByText('还没有围栏').waitFor();
  });
}

/** A device of its own on a unit of the sample bureau, as an administrator registers it. */
async function registerDevice(installation: Installation): Promise<{ key: string; callSign: string }> {
  const { url } = installation;
  const credentials = { username: 'admin', password: installation.passwordOf('admin') };
  const json = { 'content-type': 'application/json' };
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(credentials),
  });
  const { csrfToken } = (await signedIn.json()) as SessionView;
  const headers = { ...json, cookie: signedIn.headers.getSetCookie()[0].split(';')[0], 'x-csrf-token': csrfToken };
  const roster = (await (await fetch(`${url}/api/units?bureau=${BUREAU}`, { headers })).json()) as Roster;
  const [unit] = roster.units;
  const registered = await fetch(`${url}/api/devices?bureau=${BUREAU}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ identifier: 'sos-button-1', unitId: unit.id }),
  });
  if (registered.status !== 201) throw new Error(`Registering a device answered ${registered.status}.`);
  const { key } = (await registered.json()) as { device: Device; key: string };
  return { key, callSign: unit.callSign };
}
