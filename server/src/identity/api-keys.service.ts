import type { ApiKeyView, ApiScope } from '@xunfang/geo-data/contract';
import { type ApiKeyCaller, audit, type Db, NOBODY, type NobodyCaller } from '../platform/index.ts';
import { type ApiKeyRow, apiKeysRepository } from './api-keys.repository.ts';
import { hashSecret, makeSecret } from './secret-token.ts';
import { TOUCH_INTERVAL_MS } from './session-policy.ts';

const KEY_PREFIX = 'xf_';
const keys = apiKeysRepository;

export interface NewApiKey {
  bureauId: number;
  name: string;
  scopes: readonly ApiScope[];
}
interface Author {
  /** null: made by the installation itself. */
  accountId: number | null;
  actor: string;
  address: string | null;
}

export function apiKeysService({ db, now }: { db: Db; now: () => Date }) {
  return {
    /** The key itself is in this answer and nowhere else. */
    async create(input: NewApiKey, author: Author): Promise<{ apiKey: ApiKeyView; key: string }> {
      const key = makeSecret(KEY_PREFIX);
      const row = await db.transaction().execute(async (trx) => {
        const made = await keys.insert(trx, { ...input, keyHash: hashSecret(key), createdBy: author.accountId });
        const { actor, address } = author;
        const detail = { name: input.name, scopes: [...input.scopes] };
        await audit(trx, {
          bureauId: input.bureauId,
          actor,
          action: 'api_key.created',
          subject: String(made.id),
          detail,
          address,
        });
        return made;
      });
      return { apiKey: apiKeyView(row), key };
    },

    async list(bureauId: number): Promise<ApiKeyView[]> {
      return (await keys.ofBureau(db, bureauId)).map(apiKeyView);
    },

    byId: (id: number) => keys.byId(db, id),

    async revoke(row: ApiKeyRow, author: Author): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await keys.revoke(trx, row.id, now());
        const { actor, address } = author;
        await audit(trx, {
          bureauId: row.bureauId,
          actor,
          action: 'api_key.revoked',
          subject: String(row.id),
          address,
        });
      });
    },

    async findCaller(key: string): Promise<ApiKeyCaller | NobodyCaller> {
      const row = await keys.byHash(db, hashSecret(key));
      if (row === undefined || row.revokedAt !== null) return NOBODY;
      const at = now();
      if (row.lastUsedAt === null || at.getTime() - row.lastUsedAt.getTime() >= TOUCH_INTERVAL_MS)
        await keys.touch(db, row.id, at);
      return { kind: 'apiKey', id: row.id, name: row.name, bureauId: row.bureauId, scopes: row.scopes };
    },
  };
}

function apiKeyView(row: ApiKeyRow): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revoked: row.revokedAt !== null,
  };
}
