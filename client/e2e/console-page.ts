import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Installation } from './installation.ts';

const SCREENSHOTS = join(import.meta.dirname, '../../artifacts/screenshots');

export interface ConsoleOptions {
  username: string;
  language?: 'zh' | 'en';
  width?: number;
  height?: number;
  /** Path and query to open after signing in. */
  path?: string;
}

/** One signed-in console, and everything it should not have done. */
export interface ConsolePage {
  page: Page;
  context: BrowserContext;
  /** Console errors, page errors, answers of 500 and above, and requests to any other host. Empty is how it should be. */
  complaints: string[];
  screenshot: (name: string) => Promise<void>;
  close: () => Promise<void>;
}

export async function openConsole(
  browser: Browser,
  installation: Installation,
  options: ConsoleOptions,
): Promise<ConsolePage> {
  const { username, language = 'zh', width = 1920, height = 1080, path = '/' } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const complaints = watch(page, installation.url);
  await page.goto(withLanguage(installation.url, '/', language));
  await page.locator('input[name=username], input[autocomplete=username]').first().fill(username);
  await page.locator('input[type=password]').first().fill(installation.passwordOf(username));
  await page.keyboard.press('Enter');
  await page.locator('[data-map-state]').waitFor({ timeout: 60_000 });
  if (path !== '/') await page.goto(withLanguage(installation.url, path, language));
  await mapReady(page);
  return {
    page,
    context,
    complaints,
    screenshot: async (name) => {
      await mkdir(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), timeout: 120_000 });
    },
    close: () => context.close(),
  };
}

export async function mapReady(page: Page): Promise<void> {
  await page.locator('[data-map-state=ready]').waitFor({ timeout: 90_000 });
}

/** Everything the page may not do while a test drives it. */
function watch(page: Page, url: string): string[] {
  const complaints: string[] = [];
  const { host } = new URL(url);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`page: ${error.message}`));
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (!['data:', 'blob:'].includes(target.protocol) && target.host !== host)
      complaints.push(`foreign: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return complaints;
}

function withLanguage(url: string, path: string, language: string): string {
  const target = new URL(path, url);
  target.searchParams.set('lang', language);
  return target.href;
}
