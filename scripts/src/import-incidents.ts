import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ImportMapping, ImportPreview, ImportView, SessionView } from '@xunfang/geo-data/contract';

const USAGE = `Imports a CSV file of incidents into a running server, by the interface that the console uses.

  node scripts/src/import-incidents.ts FILE.csv[.gz] --bureau SLUG [--base-url http://127.0.0.1:8080]
    (--key API_KEY | --user NAME --password PASSWORD)       also XUNFANG_API_KEY, XUNFANG_PASSWORD
    [--source NAME] [--coordinate-system WGS84|CGCS2000|GCJ02|BD09|EPSG:n] [--time-zone Asia/Shanghai]
    [--date-format auto|iso|unix|unix_ms|PATTERN] [--encoding utf-8|gb18030]
    [--lon COLUMN] [--lat COLUMN] [--occurred-at COLUMN] [--time COLUMN] [--source-id COLUMN] [--category COLUMN]
    [--address COLUMN] [--priority COLUMN] [--rejections FILE.csv] [--dry-run]

What is not told is taken from the server's own look at the file. --dry-run stops after the preview.`;

const POLL_MS = 500;

export type Columns = ImportMapping['columns'];
export type MappingChanges = Partial<Omit<ImportMapping, 'columns'>> & { columns?: Partial<Columns> };

export interface ImportClient {
  /** Sends a file; nothing is imported yet. */
  upload(path: string, fileName: string): Promise<{ import: ImportView; preview: ImportPreview }>;
  preview(id: number, mapping: ImportMapping): Promise<ImportPreview>;
  /** Starts and follows it to its end. */
  run(id: number, mapping: ImportMapping, onProgress: (view: ImportView) => void): Promise<ImportView>;
  cancel(id: number): Promise<ImportView>;
  rejections(id: number): Promise<string>;
}
export type Credentials = { apiKey: string } | { username: string; password: string };

/** The import interface of a server, as one who signs in or as a machine with a key of scope incidents:write. */
export async function importClient(baseUrl: string, bureau: string, credentials: Credentials): Promise<ImportClient> {
  const headers =
    'apiKey' in credentials ? { authorization: `Bearer ${credentials.apiKey}` } : await signIn(baseUrl, credentials);

  async function ask(path: string, { type, ...init }: RequestInit & { type?: string } = {}): Promise<Response> {
    const own = type === undefined ? headers : { ...headers, 'content-type': type };
    const answer = await fetch(new URL(path, baseUrl), { ...init, headers: own });
    if (!answer.ok) throw new Error(await refusalOf(answer));
    return answer;
  }
  async function json<Answer>(path: string, init?: Parameters<typeof ask>[1]): Promise<Answer> {
    return (await (await ask(path, init)).json()) as Answer;
  }
  const post = (mapping: ImportMapping) => ({
    method: 'POST',
    body: JSON.stringify({ mapping }),
    type: 'application/json',
  });

  return {
    upload: async (path, fileName) => {
      const query = new URLSearchParams({ bureau, fileName });
      return json(`/api/imports?${query.toString()}`, {
        method: 'POST',
        body: Readable.toWeb(createReadStream(path)),
        duplex: 'half',
        type: 'application/octet-stream',
      });
    },
    preview: (id, mapping) => json(`/api/imports/${id}/preview`, post(mapping)),
    async run(id, mapping, onProgress) {
      let view = await json<ImportView>(`/api/imports/${id}/start`, post(mapping));
      while (view.state === 'running') {
        onProgress(view);
        await wait(POLL_MS);
        view = await json<ImportView>(`/api/imports/${id}`);
      }
      return view;
    },
    cancel: (id) => json(`/api/imports/${id}/cancel`, { method: 'POST' }),
    rejections: async (id) => (await ask(`/api/imports/${id}/rejections.csv`)).text(),
  };
}

async function signIn(baseUrl: string, credentials: { username: string; password: string }) {
  const answer = await fetch(new URL('/api/session', baseUrl), {
    method: 'POST',
    body: JSON.stringify(credentials),
    headers: { 'content-type': 'application/json' },
  });
  if (!answer.ok) throw new Error(await refusalOf(answer));
  const cookie = answer.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  const { csrfToken } = (await answer.json()) as SessionView;
  return { cookie, 'x-csrf-token': csrfToken };
}

async function refusalOf(answer: Response): Promise<string> {
  const body = (await answer.json().catch(() => ({}))) as { error?: { message: string; fix?: string } };
  return `${answer.status} ${body.error?.message ?? answer.statusText} ${body.error?.fix ?? ''}`.trim();
}

/** The server's suggestion with what the caller knows better. */
export function changedMapping(suggested: ImportMapping, changes: MappingChanges): ImportMapping {
  return { ...suggested, ...changes, columns: { ...suggested.columns, ...changes.columns } };
}

/** Imports one file and tells about it on the terminal. Returns whether it came to its end. */
export async function importFile(
  client: ImportClient,
  file: string,
  changes: MappingChanges,
  options: { rejections?: string; dryRun?: boolean } = {},
): Promise<boolean> {
  await stat(file);
  const uploaded = await client.upload(file, basename(file));
  const mapping = changedMapping(uploaded.preview.mapping, changes);
  const preview = await client.preview(uploaded.import.id, mapping);
  printPreview(preview);
  if (options.dryRun) {
    await client.cancel(uploaded.import.id);
    return true;
  }
  const view = await client.run(uploaded.import.id, mapping, printProgress);
  printProgress(view);
  process.stdout.write('\n');
  for (const [reason, count] of Object.entries(view.rejectedByReason)) console.log(`  rejected, ${reason}: ${count}`);
  if (view.error !== null) console.error(view.error);
  if (options.rejections !== undefined && view.rejected > 0) {
    await writeFile(options.rejections, await client.rejections(view.id));
    console.log(`  the rejected rows: ${options.rejections}`);
  }
  return view.state === 'done';
}

function printPreview({ mapping, sampled, accepted, advice, personalColumns }: ImportPreview): void {
  const { columns, ...reading } = mapping;
  console.log(`read as   ${JSON.stringify(reading)}`);
  console.log(`columns   ${JSON.stringify(columns)}`);
  if (personalColumns.length > 0) console.log(`left out  ${personalColumns.join(', ')} (about persons)`);
  console.log(`sample    ${accepted} of ${sampled} rows accepted`);
  if (advice.better !== null) console.log(`warning   the points fit the bureau clearly better as ${advice.better}`);
  if (advice.swapped) console.log('warning   longitude and latitude seem to be exchanged');
}

function printProgress(view: ImportView): void {
  const percent = view.bytesTotal === 0 ? 100 : Math.floor((100 * view.bytesRead) / view.bytesTotal);
  process.stdout.write(
    `\r${view.state}  ${percent} %  ${view.rowsRead} rows read, ${view.inserted} added, ${view.rejected} rejected, ${view.rowsPerSecond} rows/s   `,
  );
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      bureau: text,
      'base-url': { type: 'string', default: 'http://127.0.0.1:8080' },
      key: text,
      user: text,
      password: text,
      source: text,
      'coordinate-system': text,
      'time-zone': text,
      'date-format': text,
      encoding: text,
      lon: text,
      lat: text,
      'occurred-at': text,
      time: text,
      'source-id': text,
      category: text,
      address: text,
      priority: text,
      rejections: text,
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  const credentials = credentialsOf(values);
  if (file === undefined || values.bureau === undefined || credentials === null) {
    console.error(USAGE);
    process.exit(2);
  }
  const defined = <T extends object>(object: T) =>
    Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>;
  const changes = defined({
    source: values.source,
    coordinateSystem: values['coordinate-system'],
    timeZone: values['time-zone'],
    dateFormat: values['date-format'],
    encoding: values.encoding as ImportMapping['encoding'] | undefined,
    columns: defined({
      lon: values.lon,
      lat: values.lat,
      occurredAt: values['occurred-at'],
      time: values.time,
      sourceId: values['source-id'],
      category: values.category,
      address: values.address,
      priority: values.priority,
    }),
  }) as MappingChanges;
  const client = await importClient(values['base-url'], values.bureau, credentials);
  const options = {
    dryRun: values['dry-run'],
    ...(values.rejections === undefined ? {} : { rejections: values.rejections }),
  };
  if (!(await importFile(client, file, changes, options))) process.exit(1);
}

/** From options or the environment; null when neither says who asks. */
export function credentialsOf(values: { key?: string; user?: string; password?: string }): Credentials | null {
  const apiKey = values.key ?? process.env.XUNFANG_API_KEY;
  if (apiKey) return { apiKey };
  const password = values.password ?? process.env.XUNFANG_PASSWORD;
  return values.user && password ? { username: values.user, password } : null;
}

if (import.meta.main)
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
