import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import type { RoleAccess } from './access.ts';
import { createTrustedGateways } from './trusted-gateways.ts';

const MINUTE_MS = 60_000;
const POSITIONS: RoleAccess = { roles: [], scopes: ['positions:write'], bureau: 'query' };
const INCIDENTS: RoleAccess = { roles: [], scopes: ['incidents:write'], bureau: 'query' };

const requestWith = (key: string) =>
  ({
    headers: { authorization: `Bearer ${key}` },
    caller: { kind: 'apiKey', keyId: 1 },
    bureau: { id: 7 },
  }) as unknown as FastifyRequest;
/** As the gate sees it: nobody yet. */
const asks = (key: string) => ({ headers: { authorization: `Bearer ${key}` } }) as unknown as FastifyRequest;

it('a key that was good shortly before the outage is believed throughout, for positions alone', () => {
  let nowMs = 0;
  const gateways = createTrustedGateways(() => nowMs);
  gateways.remember(requestWith('a'), POSITIONS);
  nowMs = 600 * MINUTE_MS;
  const request = asks('a');
  expect(gateways.admits(request, POSITIONS, 9 * MINUTE_MS)).toBe(true);
  expect(request).toMatchObject({ caller: { kind: 'apiKey' }, bureau: { id: 7 } });
  expect(gateways.admits(asks('a'), INCIDENTS, 9 * MINUTE_MS)).toBe(false);
  expect(gateways.admits(asks('b'), POSITIONS, 9 * MINUTE_MS)).toBe(false);
});

it('a key that was refused since, or not used for long before the outage, is not', () => {
  let nowMs = 0;
  const gateways = createTrustedGateways(() => nowMs);
  gateways.remember(requestWith('silent'), POSITIONS);
  nowMs = 11 * MINUTE_MS;
  gateways.remember(requestWith('revoked'), POSITIONS);
  gateways.forget(asks('revoked'));
  expect(gateways.admits(asks('silent'), POSITIONS, nowMs)).toBe(false);
  expect(gateways.admits(asks('revoked'), POSITIONS, nowMs)).toBe(false);
});

it('of too many the one that was good longest ago is forgotten', () => {
  const gateways = createTrustedGateways(() => 0);
  for (let i = 0; i < 1000; i++) gateways.remember(requestWith(String(i)), POSITIONS);
  gateways.remember(requestWith('0'), POSITIONS);
  gateways.remember(requestWith('new'), POSITIONS);
  expect(['0', '1', '2', 'new'].map((key) => gateways.admits(asks(key), POSITIONS, 0))).toEqual([
    true,
    false,
    true,
    true,
  ]);
});
