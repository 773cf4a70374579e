import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium, { inflate, setupLambdaEnvironment } from '@sparticuz/chromium';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A real Chromium: the one named by CHROME_PATH, else an installed one, else the one that came from the registry. */
export async function findBrowser(): Promise<string> {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which is not there.`);
    return named;
  }
  return INSTALLED.find((path) => existsSync(path)) ?? browserFromRegistry();
}

/** With the libraries that bare machines lack (NSS, expat): the package carries them, and unpacks them by itself only where it knows the host. */
async function browserFromRegistry(): Promise<string> {
  const packed = fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium')));
  const [path] = await Promise.all([chromium.executablePath(), inflate(packed)]);
  setupLambdaEnvironment(join(tmpdir(), 'al2023', 'lib'));
  return path;
}

/** WebGL in software, and no word to anyone outside. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-watchdog',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--force-color-profile=srgb',
];
