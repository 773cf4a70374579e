import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

describe('loadConfig', () => {
  it('needs nothing', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ port: 8080, host: '0.0.0.0', databaseUrl: null, secureCookies: false });
    expect(isAbsolute(config.dataDir)).toBe(true);
    expect(config.workerThreads).toBeGreaterThanOrEqual(2);
  });

  it('takes an empty variable as absent', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '', ADMIN_PASSWORD: '' })).toMatchObject({
      port: 8080,
      databaseUrl: null,
      adminPassword: null,
    });
  });

  it('makes cookies secure when the console is reached by https', () => {
    expect(loadConfig({ PUBLIC_ORIGIN: 'https://xunfang.example.cn/' })).toMatchObject({
      publicOrigin: 'https://xunfang.example.cn',
      secureCookies: true,
    });
    expect(loadConfig({ PUBLIC_ORIGIN: 'https://a.example', SECURE_COOKIES: 'false' }).secureCookies).toBe(false);
  });

  it('takes any free port for terminals when it does for consoles', () => {
    const portOf = (env: Record<string, string>) => loadConfig(env).jt808Port;
    expect([portOf({}), portOf({ PORT: '0' }), portOf({ JT808_PORT: '7000' }), portOf({ JT808_PORT: 'off' })]).toEqual([
      7611,
      0,
      7000,
      null,
    ]);
  });

  it.each([
    ['JT808_PORT', 'on', 'JT808_PORT is "on" when expected 0…65535'],
    ['PORT', '65536', 'PORT is "65536" when expected 0…65535'],
    ['PORT', '80.5', 'PORT is "80.5"'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL is "loud" when expected fatal | error'],
    ['TRUST_PROXY', 'yes', 'TRUST_PROXY is "yes" when expected true | false'],
    ['PUBLIC_ORIGIN', 'xunfang', 'PUBLIC_ORIGIN is "xunfang"'],
    ['MQTT_URL', 'http://broker', 'MQTT_URL is "…" when expected mqtt[s]://'],
    ['DATABASE_URL', 'localhost', 'DATABASE_URL is "…" when expected postgres://'],
  ])('refuses %s=%s', (name, value, message) => {
    expect(() => loadConfig({ [name]: value })).toThrow(message);
  });
});
