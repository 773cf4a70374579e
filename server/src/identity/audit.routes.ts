import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AuditEntrySchema, BureauQuerySchema } from '@xunfang/geo-data/contract';
import Type from 'typebox';
import { type ModuleDeps, seesEveryBureau } from '../platform/index.ts';
import type { AuditService } from './audit.service.ts';

const AuditQuerySchema = Type.Object({
  ...BureauQuerySchema.properties,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  before: Type.Optional(Type.Integer({ minimum: 1 })),
});
const AuditPageSchema = Type.Object({ entries: Type.Array(AuditEntrySchema) });

export const auditRoutes: FastifyPluginAsyncTypebox<ModuleDeps & { auditLog: AuditService }> = async (
  app,
  { auditLog },
) => {
  app.get(
    '/api/audit',
    {
      config: { access: { roles: ['admin', 'auditor'], bureau: 'query' } },
      schema: {
        summary: 'Audit, newest first; who sees every bureau also sees what belongs to none',
        querystring: AuditQuerySchema,
        response: { 200: AuditPageSchema },
      },
    },
    async (request) => {
      const { limit = 100, before = null } = request.query;
      const installation = seesEveryBureau(request.caller);
      return { entries: await auditLog.page({ bureauId: request.bureau.id, installation, before, limit }) };
    },
  );
};
