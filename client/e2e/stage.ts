import { type Browser, chromium } from 'playwright-core';
import { type ConsoleOptions, type ConsolePage, openConsole, openPage, type PageOptions } from './console-page.ts';
import { BROWSER_FLAGS, findBrowser } from './find-browser.ts';
import { type Installation, startInstallation } from './installation.ts';

/** What all scenarios share: one installation, one browser, and the desks that are open. */
export interface Stage {
  readonly installation: Installation;
  openPage: (options?: PageOptions) => Promise<ConsolePage>;
  openConsole: (options: ConsoleOptions) => Promise<ConsolePage>;
  /** Of all open desks, since it was asked last. */
  takeComplaints: () => string[];
  /** Keeps what every open desk shows. */
  keepPictures: (name: string) => Promise<void>;
  start: () => Promise<void>;
  stop: () => Promise<void>;
}

export function createStage(): Stage {
  let installation: Installation | undefined;
  let browser: Browser | undefined;
  const desks = new Set<ConsolePage>();
  const started = () => {
    if (!installation || !browser) throw new Error('The stage is used before it is started.');
    return { installation, browser };
  };
  const seat = (desk: ConsolePage): ConsolePage => {
    desks.add(desk);
    return {
      ...desk,
      close: async () => {
        desks.delete(desk);
        await desk.close();
      },
    };
  };
  return {
    get installation() {
      return started().installation;
    },
    openPage: async (options) => seat(await openPage(started().browser, started().installation, options)),
    openConsole: async (options) => seat(await openConsole(started().browser, started().installation, options)),
    takeComplaints: () => [...desks].flatMap((desk) => desk.takeComplaints()),
    keepPictures: async (name) => {
      const fileName = name.replaceAll(/[^\p{L}\p{N}]+/gu, '-');
      for (const [index, desk] of [...desks].entries()) await desk.screenshot(`${fileName}-${index}`, 'failures');
    },
    start: async () => {
      browser = await chromium.launch({ executablePath: await findBrowser(), args: BROWSER_FLAGS });
      // A short memory, so that a console can be away for longer than that.
      installation = await startInstallation({ OUTBOX_KEEP_EVENTS: '40' });
    },
    stop: async () => {
      await browser?.close();
      await installation?.remove();
    },
  };
}
