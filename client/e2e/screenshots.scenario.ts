import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConsolePage, Language } from './console-page.ts';
import { shareOfGrid } from './pictures.ts';
import type { Stage } from './stage.ts';

const SIZES = [
  [1280, 800],
  [1920, 1080],
  [3840, 2160],
] as const;
type Workspace = 'analyse' | 'plan' | 'dispatch';
const WORDS = {
  zh: { dispatch: '指挥', plan: '规划', analyse: '研判', fit: '回到全辖区 (F)', other: 'English' },
  en: { dispatch: 'Dispatch', plan: 'Plan', analyse: 'Analyse', fit: 'Whole bureau (F)', other: '中文' },
} as const;

/** For people to look at; asserted is only that the grid is on them. */
export function screenshotsScenario(stage: Stage): void {
  let desk: ConsolePage;
  let language: Language = 'zh';
  beforeAll(async () => {
    desk = await stage.openConsole({ username: 'supervisor.wuhou', width: 1920, height: 1080 });
  });
  afterAll(() => desk.close());

  it('pictures the sign-in page in both languages', async () => {
    const door = await stage.openPage({ width: 1920, height: 1080 });
    await door.page.getByRole('heading', { name: '登录' }).waitFor();
    await door.settled();
    await door.screenshot('sign-in-zh-1920x1080');
    await door.page.getByRole('button', { name: 'English' }).click();
    await door.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await door.screenshot('sign-in-en-1920x1080');
    expect(door.takeComplaints()).toEqual([]);
    await door.close();
  });

  for (const [width, height] of SIZES)
    for (const wanted of ['zh', 'en'] as const)
      it(`pictures the three workspaces at ${width}×${height} in ${wanted}`, async () => {
        const { page } = desk;
        const words = () => WORDS[language];
        const open = async (workspace: Workspace) => {
          await page.getByRole('button', { name: words()[workspace], exact: true }).click();
          await page.locator('#panel-left').getByRole('heading').first().waitFor();
        };
        // Where nothing moves a change of size or language is drawn once, not with every tick.
        await open('analyse');
        await page.setViewportSize({ width, height });
        if (wanted !== language) {
          await page.getByRole('button', { name: words().other }).click();
          language = wanted;
        }
        await picture('analyse');
        expect(await shareOfGrid(page)).toBeGreaterThan(0.02);
        await picture('plan');
        await picture('dispatch');

        async function picture(workspace: Workspace): Promise<void> {
          await open(workspace);
          // Dispatch shows what the plan does, in the same frame; units move in it all the time.
          if (workspace !== 'dispatch') await page.getByRole('button', { name: words().fit }).click();
          await desk.settled(workspace === 'dispatch' ? 2 : 4);
          await desk.screenshot(`${workspace}-${wanted}-${width}x${height}`);
        }
      });
}
