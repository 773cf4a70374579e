import { openDatabase } from '../open-database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

/** Started and killed by the test of adoption: a process that owns a server and dies without a word. */
const server = await startEmbeddedPostgres(process.argv[2]);
const database = openDatabase(server.url, { max: 1 });
await database.sql`CREATE TABLE kept AS SELECT 42 AS answer`;
await database.close();
console.log('ready');
setInterval(() => {}, 1000);
