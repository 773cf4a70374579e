import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConsolePage, mapReady, signIn } from './console-page.ts';
import type { Stage } from './stage.ts';
import { POLL } from './waiting.ts';

const TABS_OF_ROLES = [
  ['dispatcher', ['指挥', '规划']],
  ['analyst', ['规划', '研判']],
  ['auditor', ['管理']],
] as const;

export function signInScenario(stage: Stage): void {
  let desk: ConsolePage;
  beforeAll(async () => {
    desk = await stage.openPage();
    // A refused sign-in is a 401, which the browser itself reports; so is what the map still fetched when somebody signed out.
    desk.forgive(/^console: .*\b401\b.*\/api\/(session|basemaps\/)/);
  });
  afterAll(() => desk.close());

  it('says in both languages that the password is wrong, and keeps the name', async () => {
    const { page } = desk;
    await signIn(page, 'dispatcher.wuhou', 'not-the-Passw0rd');
    await page.getByRole('alert').getByText('用户名或密码不正确').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.getByLabel('User name').inputValue()).toBe('dispatcher.wuhou');
    await page.getByLabel('Password', { exact: true }).fill('still-not-the-Passw0rd');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('The user name or password is wrong').waitFor();
    await page.getByRole('button', { name: '中文' }).click();
  });

  it('opens with the right password the workspaces of the role, and signs out', async () => {
    const { page } = desk;
    for (const [role, tabs] of TABS_OF_ROLES) {
      const username = `${role}.wuhou`;
      await signIn(page, username, stage.installation.passwordOf(username));
      const navigation = page.getByRole('navigation', { name: '工作区' });
      await navigation.waitFor();
      expect(await navigation.getByRole('button').allTextContents(), username).toEqual(tabs);
      await page.getByRole('button', { name: '账号', exact: true }).click();
      await page.getByRole('menuitem', { name: '退出登录' }).click();
      await page.getByRole('heading', { name: '登录' }).waitFor();
    }
  });

  it('tells a dispatcher who may open the analysis', async () => {
    const { page } = desk;
    await page.goto(`${stage.installation.url}/analyse?lang=en`);
    await signIn(page, 'dispatcher.wuhou', stage.installation.passwordOf('dispatcher.wuhou'));
    await page.getByText('This account cannot open Analyse').waitFor();
    await page.getByText('Analyst', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('switches the bureau for one who sees both, on the same map without a reload', async () => {
    const { page } = desk;
    await page.goto(`${stage.installation.url}/?lang=zh`);
    desk.forgive();
    await signIn(page, 'admin', stage.installation.passwordOf('admin'));
    await mapReady(page);
    const canvas = await page.locator('canvas.maplibregl-canvas').elementHandle();
    const loadedAt = await page.evaluate(() => performance.timeOrigin);
    await page.getByRole('button', { name: '成都·武侯示范区' }).click();
    await page.getByRole('menuitemradio', { name: '芝加哥' }).click();
    await page.getByRole('button', { name: '芝加哥' }).waitFor();
    await expect.poll(() => longitudeOf(page.url()), POLL).toBeCloseTo(-87.7, 0);
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
    expect(await canvas?.evaluate((element) => element.isConnected)).toBe(true);
    expect(desk.requested()).toContain('/api/basemaps/chicago.pmtiles');
  });
}

function longitudeOf(url: string): number {
  return Number(new URL(url).searchParams.get('map')?.split('/')[2]);
}
