import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { credentialsOf, importClient, importFile, type MappingChanges } from './import-incidents.ts';

const USAGE = `Imports all 117,875 aggravated assaults of Chicago, 2010-2017, into the bureau "chicago" of a running server.

  node scripts/src/import-chicago.ts [split_dev_2010_2017.csv.gz] [--base-url http://127.0.0.1:8080]
    (--key API_KEY | --user NAME --password PASSWORD) [--rejections FILE.csv]

The rows of 2017 that the installation ships are found to be there already. The file is looked for in
XUNFANG_SHARED_DATA/chicago unless it is named.`;

/** As the installation reads its own cut of the file: the same source, so that a row is the same row. */
export const CHICAGO_MAPPING: MappingChanges = {
  source: 'City of Chicago',
  coordinateSystem: 'WGS84',
  timeZone: 'America/Chicago',
  columns: { sourceId: null, occurredAt: 'date', time: null, lon: 'longitude', lat: 'latitude', category: 'loc_cat' },
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'base-url': { type: 'string', default: 'http://127.0.0.1:8080' },
      bureau: { type: 'string', default: 'chicago' },
      key: { type: 'string' },
      user: { type: 'string' },
      password: { type: 'string' },
      rejections: { type: 'string' },
    },
  });
  const shared = process.env.XUNFANG_SHARED_DATA;
  const file = positionals[0] ?? (shared ? join(shared, 'chicago', 'split_dev_2010_2017.csv.gz') : undefined);
  const credentials = credentialsOf(values);
  if (file === undefined || credentials === null) {
    console.error(USAGE);
    process.exit(2);
  }
  const client = await importClient(values['base-url'], values.bureau, credentials);
  const options = values.rejections === undefined ? {} : { rejections: values.rejections };
  if (!(await importFile(client, file, CHICAGO_MAPPING, options))) process.exit(1);
}

if (import.meta.main)
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
