import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = [
  '/usr/sbin',
  '/usr/bin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/opt/homebrew/sbin',
  '/opt/homebrew/bin',
];

/**
 * A server that a test needs and npm does not bring. Where it is missing the test is skipped and says so; in CI, which installs it, that
 * is a failure.
 */
export function findProgram(name: string, whatIsNotTested: string): string | undefined {
  const found = FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found !== undefined) return found;
  const text = `${whatIsNotTested}: no ${name} here (apt-get install ${name}).`;
  if (process.env.CI) throw new Error(text);
  console.warn(text);
  return undefined;
}
