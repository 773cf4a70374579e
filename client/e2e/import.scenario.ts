import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConsolePage, unfoldLegends } from './console-page.ts';
import { BROKEN_ROWS, chicagoCsv, shiftedCsv } from './import-files.ts';
import type { Stage } from './stage.ts';
import { figureOf, numberIn, POLL } from './waiting.ts';

const SOURCE = '浏览器测试';
const REASONS = [...new Set(BROKEN_ROWS.map(([, reason]) => reason))];
const broken = (reason: string) => BROKEN_ROWS.filter(([, why]) => why === reason).length;

export function importScenario(stage: Stage): void {
  let desk: ConsolePage;
  let file: { text: string; rows: number };
  beforeAll(async () => {
    file = await chicagoCsv();
    desk = await stage.openConsole({ username: 'analyst.chicago', path: '/analyse?period=0' });
    await unfoldLegends(desk.page);
  });
  afterAll(() => desk.close());
  const panel = () => desk.page.getByRole('dialog', { name: '导入警情' });
  const total = () => desk.page.getByRole('region', { name: '图层' }).getByText(/^n = /);

  it('shows by reason what would become of the rows of a file', async () => {
    await expect.poll(async () => numberIn(await total().textContent()), POLL).toBe(file.rows);
    await desk.page.getByRole('button', { name: '导入 CSV' }).click();
    await choose('chicago.csv', file.text);
    await panel().getByText('抽样检查').waitFor();
    for (const reason of REASONS)
      await expect
        .poll(async () => numberIn(await figureOf(desk.page, reason).textContent()), POLL)
        .toBe(broken(reason));
    expect(await panel().getByLabel('发生时间').inputValue()).toBe('date');
    expect(await panel().getByLabel('经度或 X').inputValue()).toBe('longitude');
    expect(await panel().getByLabel('纬度或 Y').inputValue()).toBe('latitude');
  });

  it('imports the rows of Chicago by clicks, keeping the refused ones to download', async () => {
    const { page } = desk;
    await panel().getByLabel('类别').selectOption('loc_cat');
    await panel().getByLabel('来源名称').fill(SOURCE);
    await start();
    await panel().getByText('chicago.csv 已导入').waitFor();
    expect(desk.heard('import:progress')).toBeGreaterThan(0);
    expect(await valueOf('新增警情')).toBe(file.rows);
    expect(await valueOf('拒绝')).toBe(BROKEN_ROWS.length);
    for (const reason of REASONS) expect(numberIn(await figureOf(page, reason).textContent())).toBe(broken(reason));

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel().getByRole('link', { name: '下载被拒绝的行' }).click(),
    ]);
    const rejections = await readFile(await download.path(), 'utf8');
    for (const [row] of BROKEN_ROWS) expect(rejections).toContain(row);

    await panel().getByRole('button', { name: '在热点网格上查看' }).click();
    await expect.poll(async () => numberIn(await total().textContent()), POLL).toBe(2 * file.rows);
  });

  it('adds nothing when the same file is imported again', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: '导入 CSV' }).click();
    await panel().getByRole('button', { name: '再导入一个文件' }).click();
    await choose('chicago.csv', file.text);
    await panel().getByLabel('类别').selectOption('loc_cat');
    await panel().getByLabel('来源名称').fill(SOURCE);
    await start();
    await panel().getByText('chicago.csv 中没有新的警情').waitFor();
    expect(await valueOf('新增警情')).toBe(0);
    expect(await valueOf('拒绝')).toBe(file.rows + BROKEN_ROWS.length);
    expect(numberIn(await figureOf(page, '重复').textContent())).toBe(file.rows);
    await panel().getByRole('radio', { name: '导入记录' }).click();
    expect(await panel().getByRole('list', { name: '导入记录' }).getByText('chicago.csv').count()).toBe(2);
    await page.keyboard.press('Escape');
    expect(numberIn(await total().textContent())).toBe(2 * file.rows);
  });

  it('says that undeclared GCJ-02 coordinates fit another system, and takes it with one click', async () => {
    await desk.close();
    desk = await stage.openConsole({ username: 'analyst.wuhou', path: '/analyse' });
    await desk.page.getByRole('button', { name: '导入 CSV' }).click();
    await choose('五月警情.csv', await shiftedCsv());
    const advice = panel().getByRole('alert').filter({ hasText: '坐标系可能选错了' });
    await advice.waitFor();
    await advice.getByRole('button', { name: '改用 GCJ-02' }).click();
    await advice.waitFor({ state: 'hidden' });
    expect(await panel().getByLabel('坐标系').inputValue()).toBe('GCJ02');
    await panel().getByText('抽样的行全部可以导入').waitFor();
    await panel().getByRole('button', { name: '放弃此文件' }).click();
    await panel().getByRole('button', { name: '选择文件' }).waitFor();
  });

  async function choose(name: string, text: string): Promise<void> {
    const [chooser] = await Promise.all([
      desk.page.waitForEvent('filechooser'),
      panel().getByRole('button', { name: '选择文件' }).click(),
    ]);
    await chooser.setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await panel().getByRole('button', { name: '开始导入' }).waitFor();
  }

  /** The button waits for the preview of what was changed last. */
  async function start(): Promise<void> {
    await panel().getByRole('button', { name: '开始导入' }).click();
  }

  async function valueOf(label: string): Promise<number> {
    const name = panel().getByText(label, { exact: true }).first();
    return numberIn(await name.locator('xpath=following-sibling::*[1]').textContent());
  }
}
