import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConsolePage } from './console-page.ts';
import type { Stage } from './stage.ts';
import { POLL } from './waiting.ts';

const CROSSING = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { 名称: '打结社区' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [104.03, 30.6],
            [104.07, 30.64],
            [104.07, 30.6],
            [104.03, 30.64],
            [104.03, 30.6],
          ],
        ],
      },
    },
  ],
};

/** By the second supervisor of the seed. Leaves a draft behind. */
export function planFilesScenario(stage: Stage): void {
  let desk: ConsolePage;
  beforeAll(async () => {
    desk = await stage.openConsole({ username: 'supervisor2.wuhou', path: '/plan' });
  });
  afterAll(() => desk.close());
  const dialog = () => desk.page.getByRole('dialog').filter({ hasText: '从文件导入方案' });
  const choose = (name: string, buffer: Buffer) =>
    dialog().getByLabel('方案文件').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });

  it('names the wrong features of a file and where they are wrong, and imports nothing', async () => {
    await desk.page.getByRole('button', { name: '导入方案' }).click();
    await choose('打结.geojson', Buffer.from(JSON.stringify(CROSSING)));
    await dialog()
      .getByRole('alert')
      .filter({ hasText: /第 1 行.*打结社区.*自相交/ })
      .waitFor();
    expect(await dialog().getByRole('button', { name: '建立草案' }).isDisabled()).toBe(true);
    await desk.page.keyboard.press('Escape');
  });

  it('takes a plan out as a Shapefile and back in as a draft that is the same, and renames it', async () => {
    const { page } = desk;
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载 Shapefile' }).last().click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.zip$/);
    await page.getByRole('button', { name: '导入方案' }).click();
    await choose(download.suggestedFilename(), await readFile(await download.path()));
    await dialog().getByText('与导出时完全一致').waitFor();
    await dialog().getByText('没有空隙、重叠和飞地').waitFor();
    expect(await dialog().getByRole('table').locator('tbody tr').count()).toBe(27);
    await desk.screenshot('plan-import-zh');
    await dialog().getByLabel('新草案名称').fill('由文件而来');
    await dialog().getByRole('button', { name: '建立草案' }).click();

    const panel = page.locator('#panel-left');
    await panel.getByRole('button', { name: '重命名草稿' }).click();
    await panel.getByRole('textbox', { name: '重命名草稿' }).fill('文件复核');
    await page.keyboard.press('Enter');
    await expect.poll(() => panel.getByRole('heading', { level: 2 }).textContent(), POLL).toContain('文件复核');
  });
}
