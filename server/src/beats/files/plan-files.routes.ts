import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  IdParamsSchema,
  PLAN_FILE_LIMITS,
  PlanFileQuerySchema,
  PlanImportQuerySchema,
  PlanImportReportSchema,
  PlanPreviewQuerySchema,
  PlanSummarySchema,
} from '@xunfang/geo-data/contract';
import Type from 'typebox';
import { doerOf, languageOf, problem } from '../../platform/index.ts';
import { changeInBureau, readOwned } from '../plan-access.ts';
import { type PlansDeps, plansService } from '../plans.service.ts';
import './messages.plan-files.ts';
import { planFilesService } from './plan-files.service.ts';

const FILE_TYPE = 'application/octet-stream';

/** Plans as files: GeoJSON, Shapefile, KML. */
export const planFileRoutes: FastifyPluginAsyncTypebox<PlansDeps> = async (app, deps) => {
  const files = planFilesService(deps);
  const { ownerOf } = plansService(deps);
  // Small enough to be held; what is larger is refused while it comes in.
  app.addContentTypeParser(
    FILE_TYPE,
    { parseAs: 'buffer', bodyLimit: PLAN_FILE_LIMITS.bytes },
    (_request, body, done) => done(null, body),
  );
  const uploaded = (
    body: unknown,
    { fileName, system = 'WGS84', resolution }: { fileName: string; system?: string; resolution?: number },
  ) => ({
    fileName,
    system,
    resolution: resolution ?? null,
    bytes: body instanceof Uint8Array && body.length > 0 ? body : problem(422, 'PLAN_FILE_UNKNOWN_FORMAT'),
  });

  app.get(
    '/api/plans/:id/file',
    {
      config: { access: readOwned },
      schema: {
        summary:
          'The plan or draft as GeoJSON, zipped Shapefile or KML, with the atoms of every beat: read back it is the same.',
        params: IdParamsSchema,
        querystring: PlanFileQuerySchema,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await request.requireBureau(await ownerOf(id));
      const { bytes, type, fileName } = await files.export(id, request.query.format);
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
        .send(Buffer.from(bytes));
    },
  );

  const config = { access: changeInBureau };
  app.post(
    '/api/plans/import/preview',
    {
      config,
      bodyLimit: PLAN_FILE_LIMITS.bytes,
      schema: {
        summary: 'What a GeoJSON, KML, KMZ or zipped Shapefile would become as a plan. Nothing is kept.',
        consumes: [FILE_TYPE],
        querystring: PlanPreviewQuerySchema,
        response: { 200: PlanImportReportSchema },
      },
    },
    async (request) =>
      files.preview(
        request.bureau.id,
        uploaded(request.body, request.query),
        languageOf(request.headers['accept-language']),
      ),
  );

  app.post(
    '/api/plans/import',
    {
      config,
      bodyLimit: PLAN_FILE_LIMITS.bytes,
      schema: {
        summary: 'A new draft from a GeoJSON, KML, KMZ or zipped Shapefile. Refused while a feature of it is wrong.',
        consumes: [FILE_TYPE],
        querystring: PlanImportQuerySchema,
        response: { 201: Type.Object({ plan: PlanSummarySchema, report: PlanImportReportSchema }) },
      },
    },
    async (request, reply) => {
      const doer = { ...doerOf(request), language: languageOf(request.headers['accept-language']) };
      const { name } = request.query;
      const file = uploaded(request.body, request.query);
      return reply.code(201).send(await files.import(request.bureau.id, name.trim(), file, doer));
    },
  );
};
