import { expect, it } from 'vitest';
import { crossesBureaus } from './crosses-bureaus.ts';

it.each([
  'select * from "incident" where "id" = $1',
  'select "incident"."bureau_id" from "incident" where "incident"."id" = $1',
  'UPDATE incident SET state = 1 WHERE id = 3',
  'SELECT lon FROM track_point WHERE unit_id = $1',
  'COPY import_rejection (import_id, row_number) FROM STDIN',
  'insert into "incident_event" ("incident_id") values ($1)',
])('finds %s', (statement) => {
  expect(crossesBureaus(statement)).toBe(true);
});

it.each([
  'select * from "incident" where "incident"."bureau_id" = $1 and "id" = $2',
  'select * from "incident" where "bureau_id" in ($1, $2)',
  'insert into "incident" ("bureau_id", "lon") values ($1, $2) on conflict do nothing',
  'COPY track_point (bureau_id, unit_id) FROM STDIN (FORMAT binary)',
  'select * from "incident_source" where "id" = $1',
  'SELECT 1',
])('lets %s pass', (statement) => {
  expect(crossesBureaus(statement)).toBe(false);
});
