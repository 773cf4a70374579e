import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiKeysService } from '@xunfang/server/identity';
import { createTestApp, createTestBureau, type TestApp } from '@xunfang/server/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importClient, importFile } from './import-incidents.ts';

let test: TestApp;
let baseUrl: string;
let apiKey: string;
let dir: string;

beforeAll(async () => {
  test = await createTestApp();
  const bureauId = await createTestBureau(test.database.db, { slug: 'script' });
  const keys = apiKeysService({ db: test.database.db, now: () => new Date() });
  const doer = { accountId: null, actor: 'test', address: null };
  apiKey = (await keys.create({ bureauId, name: 'script', scopes: ['incidents:write'] }, doer)).key;
  await test.app.listen({ port: 0, host: '127.0.0.1' });
  baseUrl = `http://127.0.0.1:${(test.app.server.address() as AddressInfo).port}`;
  dir = await mkdtemp(join(tmpdir(), 'xunfang-script-'));
  await writeFile(join(dir, 'calls.csv'), '时间,经度,纬度\n2025-06-01 08:00,104.04,30.64\n2025-06-01 08:01,0,0\n');
});
afterAll(() => test?.close());

describe('import-incidents', () => {
  it('brings a file in with an API key, once, and fetches what was rejected', async () => {
    const client = await importClient(baseUrl, 'script', { apiKey });
    const rejections = join(dir, 'rejected.csv');
    expect(await importFile(client, join(dir, 'calls.csv'), { source: 'script' }, { rejections })).toBe(true);
    expect(await readFile(rejections, 'utf8')).toContain('null_island');
    expect(await importFile(client, join(dir, 'calls.csv'), { source: 'script' })).toBe(true);
    expect(await test.database.db.selectFrom('incident').select('lon').execute()).toEqual([{ lon: 104.04 }]);
  });

  it('signs in as a person too, and leaves nothing behind with dry run', async () => {
    const { username, password } = await test.signInAs('analyst', 'script');
    const client = await importClient(baseUrl, 'script', { username, password });
    await importFile(client, join(dir, 'calls.csv'), { source: 'other' }, { dryRun: true });
    const states = await test.database.db.selectFrom('import').select('state').orderBy('id', 'desc').limit(1).execute();
    expect(states).toEqual([{ state: 'cancelled' }]);
  });

  it('says what the server says', async () => {
    await expect(importClient(baseUrl, 'script', { username: 'nobody', password: 'x' })).rejects.toThrow(/401/);
  });
});
