import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { IdParamsSchema, PlanBookQuerySchema } from '@xunfang/geo-data/contract';
import { doerOf } from '../../platform/index.ts';
import { readOwned } from '../plan-access.ts';
import { type PlansDeps, plansService } from '../plans.service.ts';
import { planBookService } from './plan-book.service.ts';

/** Who may open a plan may print it. */
export const planBookRoutes: FastifyPluginAsyncTypebox<PlansDeps> = async (app, deps) => {
  const books = planBookService(deps);
  const { ownerOf } = plansService(deps);

  app.get(
    '/api/plans/:id/book',
    {
      config: { access: readOwned },
      schema: {
        summary: 'The plan or draft as a book to print (PDF, A4): overview, index, a page for every beat.',
        params: IdParamsSchema,
        querystring: PlanBookQuerySchema,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await request.requireBureau(await ownerOf(id));
      const { fileName, book } = await books.print(id, request.query.language, doerOf(request));
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}.pdf`)
        .send(book);
    },
  );
};
