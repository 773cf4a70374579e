import { expect, it } from 'vitest';
import type { Stage } from './stage.ts';
import { POLL } from './waiting.ts';

/** Begins after the studio scenario: a draft “东线调整” of the first plan, another plan in force. */
export function simulateScenario(stage: Stage): void {
  it('replays a period under the plan in force and a draft, and says which is faster', async () => {
    const desk = await stage.openConsole({ username: 'supervisor.wuhou', path: '/plan' });
    const { page } = desk;
    await page.getByRole('listitem').filter({ hasText: '东线调整' }).getByRole('button', { name: '编辑' }).click();
    await page.getByRole('radio', { name: '对比' }).click();
    await page.getByRole('radio', { name: '推演' }).click();
    await page.getByRole('button', { name: '开始推演' }).click();
    // 27 units against 5: what was shown is beyond doubt.
    const sentence = page.getByText(/^方案 B 比现行方案 P90 快 \d+\.\d 分钟（95 % 区间 \d+\.\d–\d+\.\d）$/);
    await sentence.waitFor();
    const p90 = page.getByRole('row', { name: /P90 响应/ }).getByRole('cell');
    const [a, b] = [Number(await p90.nth(0).textContent()), Number(await p90.nth(1).textContent())];
    expect(b).toBeLessThan(a);
    await page.getByLabel('时段').selectOption({ label: '近 90 天' });
    await expect.poll(() => page.getByText('推演条件已更改，以下是原条件的结果').count(), POLL).toBe(1);
    await desk.close();
  });
}
