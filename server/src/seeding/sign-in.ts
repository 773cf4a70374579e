import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROLES, type Role } from '@xunfang/geo-data/contract';
import { accountsService } from '../identity/index.ts';
import type { Config, Db } from '../platform/index.ts';
import { seedingRepository } from './seeding.repository.ts';
import { writePrivately } from './write-privately.ts';

/** How to sign in to a new installation. */
export interface SignIn {
  username: string;
  password: string;
  role: Role;
  /** null: every bureau. */
  bureau: string | null;
}

const signInFile = (dataDir: string) => join(dataDir, 'sign-in.txt');
const FILE_HEADER =
  '# 首次登录账户；修改密码后请删除本文件。 First accounts; delete this file when the passwords were changed.\n' +
  '# username password role bureau\n';

/**
 * An account for every role in every bureau, a second supervisor, for nobody approves a plan of their own, and one administrator of
 * all. Their passwords are made here, for this installation
 * alone, and kept in a file that only its owner can read, until somebody deletes it.
 */
export async function seedAccounts(
  config: Config,
  db: Db,
  bureaus: readonly { slug: string; short: string }[],
): Promise<void> {
  const repository = seedingRepository(db);
  const accounts = accountsService({ db, now: () => new Date() });
  const wanted: Omit<SignIn, 'password'>[] = [
    { username: 'admin', role: 'admin', bureau: null },
    ...bureaus.flatMap(({ slug, short }) =>
      ROLES.flatMap((role) =>
        (role === 'supervisor' ? [role, 'supervisor2'] : [role]).map((name) => ({
          username: `${name}.${short}`,
          role,
          bureau: slug,
        })),
      ),
    ),
  ];
  const made: SignIn[] = [];
  for (const account of wanted) {
    if (await repository.accountExists(account.username)) continue;
    const chosen = account.username === 'admin' ? config.adminPassword : null;
    const password = chosen ?? makePassword();
    await accounts.create(
      { username: account.username, displayName: account.username, password, roles: [account] },
      { actor: 'installation', address: null },
    );
    made.push({ ...account, password });
    // After every account, so that a start that is cut off here has told every password it made.
    await keepSignIns(config.dataDir, made);
  }
}

/** What the file says, if it is still there. */
export async function readSignIns(dataDir: string): Promise<SignIn[]> {
  const text = await readFile(signInFile(dataDir), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [username, password, role, bureau] = line.split('\t');
      return { username, password, role: role as Role, bureau: bureau === '*' ? null : bureau };
    });
}

async function keepSignIns(dataDir: string, made: readonly SignIn[]): Promise<void> {
  const names = new Set(made.map(({ username }) => username));
  const others = (await readSignIns(dataDir)).filter(({ username }) => !names.has(username));
  const lines = [...others, ...made].map(({ username, password, role, bureau }) =>
    [username, password, role, bureau ?? '*'].join('\t'),
  );
  await writePrivately(signInFile(dataDir), `${FILE_HEADER}${lines.join('\n')}\n`);
}

const CONSONANTS = 'bdfghkmnprstvz';
const VOWELS = 'aeiou';

/** Readable aloud, about 55 bits: Kodu-4719-Fira-Mube. */
function makePassword(): string {
  const pick = (letters: string) => letters[randomInt(letters.length)];
  const word = () => {
    const letters = pick(CONSONANTS) + pick(VOWELS) + pick(CONSONANTS) + pick(VOWELS);
    return letters[0].toUpperCase() + letters.slice(1);
  };
  return `${word()}-${String(randomInt(10_000)).padStart(4, '0')}-${word()}-${word()}`;
}
