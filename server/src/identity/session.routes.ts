import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { PasswordChangeSchema, ROLES, SessionViewSchema, SignInSchema } from '@xunfang/geo-data/contract';
import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import { type AccountCaller, type ModuleDeps, SESSION_COOKIE } from '../platform/index.ts';
import type { SessionService } from './session.service.ts';

const SIGN_INS_PER_MINUTE = 20;
const ANY_ROLE = { roles: ROLES, bureau: 'none' } as const;

export const sessionRoutes: FastifyPluginAsyncTypebox<ModuleDeps & { sessions: SessionService }> = async (
  app,
  deps,
) => {
  const { sessions, realtime, config } = deps;
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: config.secureCookies } as const;
  const userAgentOf = (header: string | undefined) => header?.slice(0, 200) ?? null;

  app.post(
    '/api/session',
    {
      // Per address; the lock-out counts per account.
      config: { access: { public: true }, rateLimit: { max: signInLimit(config.requestsPerMinute) } },
      schema: { summary: 'Sign in', body: SignInSchema, response: { 200: SessionViewSchema } },
    },
    async (request, reply) => {
      const { username, password } = request.body;
      const userAgent = userAgentOf(request.headers['user-agent']);
      const signedIn = await sessions.signIn({ username, password, address: request.ip, userAgent });
      for (const sessionId of signedIn.endedSessions) realtime.disconnectSession(sessionId);
      void reply.setCookie(SESSION_COOKIE, signedIn.token, { ...cookie, expires: signedIn.caller.expiresAt });
      return noStore(reply).send(await sessions.view(signedIn.caller));
    },
  );

  app.get(
    '/api/session',
    { config: { access: ANY_ROLE }, schema: { summary: 'Who am I', response: { 200: SessionViewSchema } } },
    async (request, reply) => noStore(reply).send(await sessions.view(request.caller as AccountCaller)),
  );

  app.delete(
    '/api/session',
    { config: { access: ANY_ROLE }, schema: { summary: 'Sign out', response: { 204: Type.Null() } } },
    async (request, reply) => {
      const caller = request.caller as AccountCaller;
      await sessions.signOut(caller, request.ip);
      realtime.disconnectSession(caller.sessionId);
      return reply.clearCookie(SESSION_COOKIE, cookie).code(204).send(null);
    },
  );

  app.post(
    '/api/session/password',
    {
      config: { access: ANY_ROLE, rateLimit: { max: signInLimit(config.requestsPerMinute) } },
      schema: {
        summary: 'Change the own password; ends the other sessions',
        body: PasswordChangeSchema,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const caller = request.caller as AccountCaller;
      const ended = await sessions.changePassword(caller, request.body, request.ip);
      for (const sessionId of ended) realtime.disconnectSession(sessionId);
      return reply.code(204).send(null);
    },
  );
};

/** Tests raise the general limit, and with it this one. */
const signInLimit = (requestsPerMinute: number) => Math.max(SIGN_INS_PER_MINUTE, Math.floor(requestsPerMinute / 150));
const noStore = (reply: FastifyReply) => reply.header('cache-control', 'no-store');
