import { argon2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashPassword, isOutdatedHash, verifyPassword } from './password-hash.ts';

describe('password hashes', () => {
  it('verify the password they were made from and no other', async () => {
    const hash = await hashPassword('Correct-horse-7-staple');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword('Correct-horse-7-staple', hash)).toBe(true);
    expect(await verifyPassword('Correct-horse-7-stapl', hash)).toBe(false);
    expect(isOutdatedHash(hash)).toBe(false);
  });

  it('differ for the same password', async () => {
    expect(await hashPassword('Correct-horse-7-staple')).not.toBe(await hashPassword('Correct-horse-7-staple'));
  });

  it('verify with the parameters they name, so that old ones still open', async () => {
    const nonce = Buffer.from('0123456789abcdef');
    const tag = argon2Sync('argon2id', { message: 'old', nonce, memory: 64, passes: 1, parallelism: 1, tagLength: 16 });
    const phc = `$argon2id$v=19$m=64,t=1,p=1$${nonce.toString('base64').replace(/=+$/, '')}$${tag.toString('base64').replace(/=+$/, '')}`;
    expect(await verifyPassword('old', phc)).toBe(true);
    expect(isOutdatedHash(phc)).toBe(true);
  });

  it('take composed and decomposed characters as the same', async () => {
    expect(await verifyPassword('Cafe\u0301-12345678', await hashPassword('Café-12345678'))).toBe(true);
  });
});
