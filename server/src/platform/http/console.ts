import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { problem } from './problem.ts';

/**
 * The console's files. Hashed assets never change and are kept for a year; the page itself is asked for again each time.
 * Every path outside /api is the console's own (its routes live in the browser).
 */
export async function registerConsole(app: FastifyInstance, consoleDir: string | undefined): Promise<void> {
  app.setNotFoundHandler((request) =>
    problem(404, 'ROUTE_UNKNOWN', { method: request.method, path: pathOf(request.url) }),
  );
  if (consoleDir === undefined) return;
  await app.register(fastifyStatic, { root: consoleDir, serve: false, cacheControl: false });
  const page = await readFile(join(consoleDir, 'index.html'), 'utf8').catch(() => null);

  const sendPage = (reply: FastifyReply) => {
    if (page === null) return problem(404, 'NOT_FOUND');
    return reply
      .header('content-security-policy', CONSOLE_POLICY)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(page);
  };

  const access = { public: true } as const;
  app.get('/', { config: { access }, schema: { hide: true } }, (_request, reply) => sendPage(reply));
  app.get<{ Params: { '*': string } }>('/*', { config: { access }, schema: { hide: true } }, (request, reply) => {
    const path = request.params['*'];
    if (path.startsWith('api/') || path.startsWith('socket.io'))
      return problem(404, 'ROUTE_UNKNOWN', { method: request.method, path: pathOf(request.url) });
    if (!/\.\w+$/.test(path) || path === 'index.html') return sendPage(reply);
    const immutable = path.startsWith('assets/');
    return reply
      .header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=300')
      .sendFile(path);
  });
}

const pathOf = (url: string) => url.split('?')[0];

/** Scripts, styles and workers are files of this server, and nothing else is. */
const CONSOLE_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');
