import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page, Request } from 'playwright-core';
import type { Installation } from './installation.ts';

const ARTIFACTS = join(import.meta.dirname, '../../artifacts');
/** Software rendering on two busy cores: a frame may take seconds. */
const ACTION_TIMEOUT_MS = 30_000;
/** The first drawing of a wall's 8 million pixels is the slowest of all. */
const DRAWING_TIMEOUT_MS = 120_000;

export type Language = 'zh' | 'en';

export interface PageOptions {
  language?: Language;
  width?: number;
  height?: number;
  /** Path and query to open. */
  path?: string;
  /** Another way to the installation than its own address. */
  url?: string;
}

export interface ConsoleOptions extends PageOptions {
  username: string;
}

/** One desk: a browser of its own, and everything it should not have done. */
export interface ConsolePage {
  page: Page;
  /** Hands over, once, the console errors, page errors, answers of 500 and above, and requests to any other host. Empty is how it should be. */
  takeComplaints: () => string[];
  /** From now on complaints like these belong to what is tested; without patterns none does. */
  forgive: (...patterns: RegExp[]) => void;
  /** How often the server has sent this socket event. */
  heard: (event: string) => number;
  /** Paths of all requests so far. */
  requested: () => readonly string[];
  /** Resolves when nothing is being fetched and what came was drawn: labels and layers take frames of their own. */
  settled: (drawings?: number) => Promise<void>;
  screenshot: (name: string, folder?: 'screenshots' | 'failures') => Promise<void>;
  close: () => Promise<void>;
}

/** Opens the address in a new browser profile; nobody is signed in. */
export async function openPage(
  browser: Browser,
  installation: Installation,
  { language = 'zh', width = 1280, height = 800, path = '/', url = installation.url }: PageOptions = {},
): Promise<ConsolePage> {
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(ACTION_TIMEOUT_MS);
  const page = await context.newPage();
  const watched = watch(page, url);
  const target = new URL(path, url);
  target.searchParams.set('lang', language);
  await page.goto(target.href);
  return {
    page,
    ...watched,
    settled: async (drawings = 5) => {
      do {
        await page.waitForFunction(() => document.fonts.status === 'loaded', undefined, {
          timeout: DRAWING_TIMEOUT_MS,
        });
        await frames(page, drawings);
      } while (watched.pending() > 0);
    },
    screenshot: async (name, folder = 'screenshots') => {
      await mkdir(join(ARTIFACTS, folder), { recursive: true });
      await page.screenshot({ path: join(ARTIFACTS, folder, `${name}.png`), timeout: 120_000 });
    },
    close: () => context.close(),
  };
}

/** The same, signed in, with the map drawn. */
export async function openConsole(
  browser: Browser,
  installation: Installation,
  { username, ...options }: ConsoleOptions,
): Promise<ConsolePage> {
  const opened = await openPage(browser, installation, options);
  await signIn(opened.page, username, installation.passwordOf(username));
  await mapReady(opened.page);
  return opened;
}

/** By keyboard, as at the start of a shift: the first field has the focus. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel(/^(用户名|User name)$/).fill(username);
  await page.getByLabel(/^(密码|Password)$/).fill(password);
  await page.keyboard.press('Enter');
}

export async function mapReady(page: Page): Promise<void> {
  await page.locator('[data-map-state=ready]').waitFor({ timeout: 90_000 });
}

/** Small desks start with layers and legends folded away; `l` unfolds them. */
export async function unfoldLegends(page: Page): Promise<void> {
  const layers = page.getByRole('region', { name: /^(图层|Layers)$/ });
  if (!(await layers.isVisible())) await page.keyboard.press('l');
  await layers.waitFor();
}

/** Waits until the page was drawn so many times. */
export function frames(page: Page, count: number): Promise<void> {
  return page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        const next = (left: number) => (left === 0 ? resolve() : requestAnimationFrame(() => next(left - 1)));
        next(wanted);
      }),
    count,
  );
}

/** Everything the page may not do while a test drives it, and what it asked for and was told. */
function watch(page: Page, url: string) {
  const { host } = new URL(url);
  const events = new Map<string, number>();
  const requested: string[] = [];
  const pending = new Set<Request>();
  let complaints: string[] = [];
  let forgiven: readonly RegExp[] = [];
  const complain = (text: string) => {
    if (!forgiven.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') complain(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complain(`page: ${error.message}`));
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (['data:', 'blob:'].includes(target.protocol)) return;
    if (target.host !== host) complain(`foreign: ${request.url()}`);
    requested.push(target.pathname);
    // The worker of the map is fetched in a way whose end nobody reports.
    if (request.resourceType() !== 'script') pending.add(request);
  });
  page.on('requestfinished', (request) => pending.delete(request));
  page.on('requestfailed', (request) => pending.delete(request));
  page.on('response', (response) => {
    if (response.status() >= 500) complain(`${response.status()}: ${response.url()}`);
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== host) complain(`foreign: ${socket.url()}`);
    socket.on('framereceived', ({ payload }) => {
      // socket.io: type of the packet, number of attachments, then ["event", …].
      const text = payload.toString();
      const packet = /^4[25][^[]*\["([^"]+)"/.exec(text)?.[1];
      // Reliable events travel in batches.
      const inBatch = [...text.matchAll(/"seq":\d+,"event":"([^"]+)"/g)].map(([, event]) => event);
      for (const event of packet === undefined ? inBatch : [packet, ...inBatch])
        events.set(event, (events.get(event) ?? 0) + 1);
    });
  });
  return {
    takeComplaints: () => {
      const taken = complaints;
      complaints = [];
      return taken;
    },
    forgive: (...patterns: RegExp[]) => {
      forgiven = patterns;
    },
    heard: (event: string) => events.get(event) ?? 0,
    requested: (): readonly string[] => requested,
    pending: () => pending.size,
  };
}
