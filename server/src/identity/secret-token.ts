import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as text: guessing one is hopeless, so a plain SHA-256 is enough to store it by. */
export const makeSecret = (prefix = '') => prefix + randomBytes(32).toString('base64url');

export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
