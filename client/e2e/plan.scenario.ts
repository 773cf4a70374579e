import { readFile } from 'node:fs/promises';
import { polygonAreaSquareMeters } from '@xunfang/geo-data/geometry';
import type { FeatureCollection, Polygon } from 'geojson';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConsolePage, unfoldLegends } from './console-page.ts';
import { datasetPath } from './dataset-path.ts';
import { coloursOf, middleOfMap } from './pictures.ts';
import type { Stage } from './stage.ts';
import { figureOf, numberIn, POLL } from './waiting.ts';

const BEATS = 27;
const ZONES = 14;
const COLUMNS = { workload: '工作量', deviation: '偏离均值', incidents: '警情', areaKm2: 'km²' } as const;

export function planScenario(stage: Stage): void {
  let desk: ConsolePage;
  beforeAll(async () => {
    desk = await stage.openConsole({ username: 'supervisor.wuhou', path: '/plan', width: 1600, height: 900 });
  });
  afterAll(() => desk.close());
  const rows = () => desk.page.locator('#panel-left').getByRole('table').locator('tbody tr');

  it('explains 27 beats in 14 zones by figures that add up', async () => {
    const { page } = desk;
    await page.getByText(`${ZONES} 个防区 · ${BEATS} 个巡区`, { exact: true }).first().waitFor();
    await expect.poll(() => rows().count(), POLL).toBe(BEATS);
    const beats = await columns();
    const worst = numberIn(await figureOf(page, '最大偏离').textContent());
    const tolerance = numberIn((await figureOf(page, '允许偏离').textContent())?.replace('±', '') ?? null);
    const calls = numberIn(await figureOf(page, '警情数').textContent());
    await page.getByRole('radio', { name: '防区' }).click();
    await expect.poll(() => rows().count(), POLL).toBe(ZONES);
    const zones = await columns();
    await page.getByRole('radio', { name: '巡区' }).click();

    expect(sum(beats.incidents)).toBe(calls);
    expect(sum(zones.incidents)).toBe(calls);
    expect(calls).toBeGreaterThan(10_000);
    expect(Math.max(...beats.deviation.map(Math.abs))).toBeCloseTo(worst, 1);
    expect(worst).toBeLessThanOrEqual(tolerance);
    // Every figure is rounded for the table: half a step each.
    expect(Math.abs(sum(beats.workload) - sum(zones.workload))).toBeLessThanOrEqual((BEATS + ZONES) / 2);
    const boundary = await readBoundary();
    const areaKm2 = sum(boundary.features.map(({ geometry }) => polygonAreaSquareMeters(geometry))) / 1e6;
    expect(Math.abs(sum(beats.areaKm2) - areaKm2)).toBeLessThan(0.02 * areaKm2);
    expect(Math.abs(sum(zones.areaKm2) - areaKm2)).toBeLessThan(0.02 * areaKm2);
  });

  it('writes the names of beats on the map, and leaves them out on demand', async () => {
    const { page } = desk;
    await unfoldLegends(page);
    await desk.settled();
    const clip = await middleOfMap(page);
    // Nothing else on this map is written as bright as the names of beats.
    const written = async () => {
      const colours = await coloursOf(page, clip);
      return sum([...colours].filter(([colour]) => /^#[c-f].[c-f].[c-f].$/.test(colour)).map(([, pixels]) => pixels));
    };
    const named = await written();
    expect(named).toBeGreaterThan(500);
    const names = page.getByRole('switch', { name: '巡区名称' });
    await names.click();
    await expect.poll(written, POLL).toBeLessThan(named / 10);
    await names.click();
    await expect.poll(written, POLL).toBeGreaterThan(named / 2);
  });

  it('gives the plan as GeoJSON with 27 beats and 14 zones', async () => {
    const { page } = desk;
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载 GeoJSON' }).first().click(),
    ]);
    const collection = JSON.parse(await readFile(await download.path(), 'utf8')) as FeatureCollection;
    expect(collection.type).toBe('FeatureCollection');
    const levels = collection.features.map(({ properties }) => properties?.level as string);
    expect(levels.filter((level) => level === 'beat')).toHaveLength(BEATS);
    expect(levels.filter((level) => level === 'zone')).toHaveLength(ZONES);
  });

  it('lets a supervisor design a draft of five grids and look at it', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: '自动划分新方案' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('方案名称').fill('五网格试行');
    await dialog.getByRole('button', { name: '五网格' }).click();
    expect(await dialog.getByLabel('巡区数').inputValue()).toBe('5');
    await dialog.getByRole('button', { name: '开始划分' }).click();
    await page.getByText(/草案“五网格试行”已生成/).waitFor();
    await page.getByText('正在查看的不是现行方案').waitFor();
    await expect.poll(() => rows().count(), POLL).toBe(5);
  });

  async function columns(): Promise<Record<keyof typeof COLUMNS, number[]>> {
    const table = desk.page.locator('#panel-left').getByRole('table');
    const titles = (await table.getByRole('columnheader').allTextContents()).map((title) =>
      title.replace(/ [↑↓]$/, ''),
    );
    const cells = await rows().evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
    );
    const column = (title: string) => cells.map((row) => numberIn(row[titles.indexOf(title)] ?? null));
    return {
      workload: column(COLUMNS.workload),
      deviation: column(COLUMNS.deviation),
      incidents: column(COLUMNS.incidents),
      areaKm2: column(COLUMNS.areaKm2),
    };
  }
}

async function readBoundary(): Promise<FeatureCollection<Polygon>> {
  const text = await readFile(datasetPath('chengdu-wuhou', 'boundary.geojson'), 'utf8');
  return JSON.parse(text) as FeatureCollection<Polygon>;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
