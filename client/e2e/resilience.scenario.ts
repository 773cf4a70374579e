import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBreakableLine } from './breakable-line.ts';
import { type ConsolePage, unfoldLegends } from './console-page.ts';
import { datasetPath } from './dataset-path.ts';
import { coloursOf, middleOfMap } from './pictures.ts';
import type { Stage } from './stage.ts';
import { numberIn, POLL } from './waiting.ts';

const MAKE_BASEMAP = join(import.meta.dirname, '../../scripts/src/make-basemap.ts');
/** Quay, streets in three weights, gardens and the sea (zoom/latitude/longitude). */
const MONACO = '14/43.7347/7.4206';
const LOST = [/ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_NETWORK|WebSocket connection/];

export function resilienceScenario(stage: Stage): void {
  let desk: ConsolePage;
  let basemap: Promise<unknown>;
  beforeAll(async () => {
    desk = await stage.openConsole({ username: 'dispatcher.wuhou', path: '/dispatch' });
  });
  afterAll(() => desk.close());

  it('keeps the last data, greyed, while the server is dead, and goes on by itself when it is back', async () => {
    const { page } = desk;
    const units = page.getByRole('listbox', { name: '警力' }).getByRole('option');
    await units.first().waitFor();
    const greyed = () => page.getByRole('main').evaluate((main) => getComputedStyle(main).filter !== 'none');
    expect(await greyed()).toBe(false);
    const loadedAt = await page.evaluate(() => performance.timeOrigin);

    desk.forgive(...LOST);
    await stage.installation.kill();
    basemap = makeMonaco(join(stage.installation.dataDir, 'basemaps/chicago.pmtiles'));
    const bar = page.getByRole('alert').filter({ hasText: '离线' });
    await bar.waitFor();
    await bar.getByText(/最后数据 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/).waitFor();
    expect(await greyed()).toBe(true);
    expect(await units.first().getAttribute('aria-setsize')).toBe('40');

    await stage.installation.restart();
    await bar.waitFor({ state: 'hidden' });
    await page.getByRole('status').getByText('实时').waitFor();
    desk.forgive();
    await expect.poll(greyed, POLL).toBe(false);
    const heard = desk.heard('positions:frame');
    await expect.poll(() => desk.heard('positions:frame'), POLL).toBeGreaterThan(heard);
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
  });

  it('says that the database is gone while positions go on, and takes the bar away when it is back', async () => {
    const { page } = desk;
    const bar = page.getByRole('alert').filter({ hasText: '数据库不可用，位置仍为实时' });
    expect(await bar.isVisible()).toBe(false);
    desk.forgive(/503/);
    await stage.installation.freezeDatabase();
    try {
      await bar.waitFor();
      const heard = desk.heard('positions:frame');
      await expect.poll(() => desk.heard('positions:frame'), POLL).toBeGreaterThan(heard + 1);
      expect(await page.getByRole('main').evaluate((main) => getComputedStyle(main).filter)).toBe('none');
      await desk.screenshot('database-gone');
    } finally {
      await stage.installation.thawDatabase();
    }
    await bar.waitFor({ state: 'hidden' });
    desk.forgive();
  });

  it('says how many it missed when its line broke, and that it loaded everything anew when that is no longer kept', async () => {
    const line = await createBreakableLine(stage.installation.url);
    const away = await stage.openConsole({
      username: 'dispatcher.wuhou',
      path: '/dispatch?bureau=chengdu-wuhou',
      url: line.url,
    });
    const { page } = away;
    try {
      away.forgive(...LOST);
      await page.getByRole('listbox', { name: '警力' }).getByRole('option').first().waitFor();
      const lost = page.getByRole('status').filter({ hasText: /重新连接中|离线/ });
      const live = page.getByRole('status').filter({ hasText: '实时' });

      line.break();
      await lost.waitFor();
      await happen(stage, 3);
      line.mend();
      const missed = page.getByText(/^错过 \d+ 条，已补齐$/);
      await missed.waitFor();
      // Calls of the simulator may be among them.
      expect(numberIn(await missed.textContent())).toBeGreaterThanOrEqual(3);
      await live.waitFor();

      line.break();
      await lost.waitFor();
      await happen(stage, 60);
      // What is too much is forgotten when a server starts.
      desk.forgive(...LOST);
      await stage.installation.kill();
      await stage.installation.restart();
      line.mend();
      await page.getByText('离线过久，错过的变更已不再保留，已重新载入全部数据').waitFor();
      await live.waitFor();
      desk.forgive();
    } finally {
      await away.close();
      await line.close();
    }
  });

  it('draws a basemap just made from an OpenStreetMap file, from its own server alone', async () => {
    await basemap;
    await desk.close();
    desk = await stage.openConsole({
      username: 'supervisor.chicago',
      path: `/plan?bureau=chicago&map=${MONACO}`,
    });
    const { page } = desk;
    await unfoldLegends(page);
    await page.getByRole('switch', { name: '防区与巡区' }).click();
    await desk.settled();
    expect(desk.requested().filter((path) => path === '/api/basemaps/chicago.pmtiles').length).toBeGreaterThan(1);
    const tokens = await page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      const names = ['--map-water', '--map-road-minor', '--map-road-main', '--map-road-arterial'];
      return names.map((name) => [name, style.getPropertyValue(name).trim().toLowerCase()] as const);
    });
    await expect
      .poll(async () => {
        const colours = await coloursOf(page, await middleOfMap(page, 0.6));
        return tokens.filter(([, colour]) => (colours.get(colour) ?? 0) < 50).map(([name]) => name);
      }, POLL)
      .toEqual([]);
    await desk.screenshot('basemap-monaco');
  });
}

let happened = 0;
/** So many changes that every desk of the bureau must hear of. */
async function happen(stage: Stage, count: number): Promise<void> {
  const occurredAt = new Date(Date.now() - 60_000).toISOString();
  const incidents = Array.from({ length: count }, () => ({
    source: 'e2e',
    sourceId: `away-${++happened}`,
    lon: 104.04,
    lat: 30.63,
    occurredAt,
  }));
  const path = '/api/incidents?bureau=chengdu-wuhou';
  const answer = await stage.installation.post('supervisor.wuhou', path, incidents);
  expect(await answer.json()).toMatchObject({ created: count });
}

/** By the script a customer runs, in the installation's own folder for basemaps. */
function makeMonaco(out: string): Promise<unknown> {
  return promisify(execFile)(process.execPath, [
    MAKE_BASEMAP,
    '--from',
    datasetPath('monaco', 'monaco.osm.pbf'),
    '--out',
    out,
    '--name',
    'Monaco',
  ]);
}
