import { Readable } from 'node:stream';
import {
  BureauQuerySchema,
  IdParamsSchema,
  ImportMappingSchema,
  ImportPreviewSchema,
  ImportViewSchema,
  type Role,
} from '@xunfang/geo-data/contract';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type Access, type Module } from '../../platform/index.ts';
import { speakingDoerOf } from '../doer.ts';
import { importsService } from './imports.service.ts';

const IMPORTERS: readonly Role[] = ['analyst', 'admin'];
const importInBureau: Access = { roles: IMPORTERS, scopes: ['incidents:write'], bureau: 'query' };
const importOwned: Access = { roles: IMPORTERS, scopes: ['incidents:write'], bureau: 'owned' };
const readInBureau: Access = { roles: [...IMPORTERS, 'auditor'], scopes: ['incidents:write'], bureau: 'query' };

const FILE_TYPES = ['application/octet-stream', 'text/csv', 'application/gzip', 'application/x-gzip', 'text/plain'];

/** Files of incidents: uploaded, looked at, mapped, run, undone. */
export const registerImports: Module = async (app, { db, sql, workers, now, config, realtime, notices }) => {
  const service = importsService({
    db,
    sql,
    workers,
    now,
    dataDir: config.dataDir,
    maxBytes: config.importMaxBytes,
    onProgress: (bureauId, view) => realtime.toBureau(bureauId, 'import:progress', view),
    tellCancelled: (importId) => notices.tell('import:cancelled', { importId }),
    onError: (error, message) => app.log.error({ err: error }, message),
  });
  notices.on('import:cancelled', ({ importId }) => service.cancelHere(importId));
  app.addHook('onReady', () => service.recover());
  app.addHook('preClose', () => service.close());
  // The file is never held in memory: the handler gets the stream.
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser(FILE_TYPES, (_request, payload, done) => done(null, payload));

  const owned = async (request: FastifyRequest<{ Params: { id: number } }>) => {
    await request.requireBureau(await service.ownerOf(request.params.id));
    return request.params.id;
  };

  app.post(
    '/api/imports',
    {
      config: { access: importInBureau },
      schema: {
        summary: 'Upload a CSV file (UTF-8 or GB18030, plain or gzip) as the raw body. Nothing is imported yet.',
        consumes: FILE_TYPES,
        querystring: Type.Interface([BureauQuerySchema], { fileName: Type.String({ minLength: 1, maxLength: 255 }) }),
        response: { 200: Type.Object({ import: ImportViewSchema, preview: ImportPreviewSchema }) },
      },
    },
    (request) => {
      const body = request.body instanceof Readable ? request.body : Readable.from([]);
      return service.upload(request.bureau.id, request.query.fileName, body, speakingDoerOf(request));
    },
  );

  app.get(
    '/api/imports',
    {
      config: { access: readInBureau },
      schema: {
        querystring: BureauQuerySchema,
        response: { 200: Type.Object({ imports: Type.Array(ImportViewSchema) }) },
      },
    },
    async (request) => ({ imports: await service.list(request.bureau.id, speakingDoerOf(request).language) }),
  );

  app.get(
    '/api/imports/:id',
    { config: { access: importOwned }, schema: { params: IdParamsSchema, response: { 200: ImportViewSchema } } },
    async (request) => service.get(await owned(request), speakingDoerOf(request).language),
  );

  const mappingBody = Type.Object({ mapping: ImportMappingSchema });
  app.post(
    '/api/imports/:id/preview',
    {
      config: { access: importOwned },
      schema: { params: IdParamsSchema, body: mappingBody, response: { 200: ImportPreviewSchema } },
    },
    async (request) => service.preview(await owned(request), request.body.mapping, speakingDoerOf(request).language),
  );

  app.post(
    '/api/imports/:id/start',
    {
      config: { access: importOwned },
      schema: { params: IdParamsSchema, body: mappingBody, response: { 200: ImportViewSchema } },
    },
    async (request) => service.start(await owned(request), request.body.mapping, speakingDoerOf(request)),
  );

  app.post(
    '/api/imports/:id/cancel',
    { config: { access: importOwned }, schema: { params: IdParamsSchema, response: { 200: ImportViewSchema } } },
    async (request) => service.cancel(await owned(request), speakingDoerOf(request)),
  );

  app.get(
    '/api/imports/:id/rejections.csv',
    {
      config: { access: importOwned },
      schema: { summary: 'The rejected rows with their reasons, for spreadsheets.', params: IdParamsSchema },
    },
    async (request, reply) => {
      const { fileName, csv } = await service.rejections(await owned(request), speakingDoerOf(request).language);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
        .send(Readable.from(csv));
    },
  );
};
