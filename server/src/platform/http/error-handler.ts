import type { ErrorBody } from '@xunfang/geo-data/contract';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, messageOf } from './messages.ts';
import { Problem } from './problem.ts';
import './messages.platform.ts';

/** Every refusal leaves the server here, with one shape; what nobody expected is logged and answered as INTERNAL. */
export function handleError(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = error instanceof Problem ? error : toProblem(error, request);
  if (refusal === null) {
    request.log.error({ err: error }, 'request failed');
    send(request, reply, new Problem(500, 'INTERNAL', { id: request.id }));
    return;
  }
  if (refusal.statusCode >= 500) request.log.error({ err: error }, refusal.code);
  send(request, reply, refusal);
}

export function errorBodyOf(refusal: Problem, request: FastifyRequest): ErrorBody {
  const text = messageOf(refusal.code, languageOf(request.headers['accept-language']), refusal.params);
  return {
    error: {
      code: refusal.code,
      message: text.message,
      ...(text.fix === undefined ? {} : { fix: text.fix }),
      ...(refusal.field === undefined ? {} : { field: refusal.field }),
      ...(refusal.row === undefined ? {} : { row: refusal.row }),
      params: refusal.params,
      id: request.id,
    },
  };
}

function send(request: FastifyRequest, reply: FastifyReply, refusal: Problem): void {
  if (refusal.statusCode === 401) reply.header('www-authenticate', 'Bearer realm="xunfang"');
  // A route may have declared schemas of its answers; a refusal is serialised by its own.
  void reply
    .code(refusal.statusCode)
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(errorBodyOf(refusal, request));
}

const BODY_FAULTS = new Set([
  'FST_ERR_CTP_INVALID_MEDIA_TYPE',
  'FST_ERR_CTP_EMPTY_JSON_BODY',
  'FST_ERR_CTP_INVALID_JSON_BODY',
  'FST_ERR_CTP_INVALID_CONTENT_LENGTH',
]);
const DATABASE_DOWN = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|CONNECT|57P0|53300|08)/;

function toProblem(error: FastifyError, request: FastifyRequest): Problem | null {
  if (error.validation) return invalidField(error, request);
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Problem(413, 'BODY_TOO_LARGE', { limitBytes: request.routeOptions.bodyLimit });
  if (BODY_FAULTS.has(error.code))
    return new Problem(error.statusCode ?? 400, 'BODY_UNREADABLE', { reason: error.message });
  if (error instanceof SyntaxError && error.statusCode === 400)
    return new Problem(400, 'BODY_UNREADABLE', { reason: error.message });
  if (DATABASE_DOWN.test(error.code ?? '')) return new Problem(503, 'DATABASE_DOWN');
  return null;
}

interface Finding {
  instancePath: string;
  keyword: string;
  message?: string;
  params: Record<string, unknown>;
}

/** TypeBox's findings, told as one: which field, what it should be, what it was. */
function invalidField(error: FastifyError, request: FastifyRequest): Problem {
  const findings = (error.validation ?? []) as unknown as Finding[];
  const context = error.validationContext ?? 'body';
  const first = findings[0];
  if (first === undefined) return new Problem(400, 'INVALID_FIELD', { field: context, expected: '?', actual: '?' });
  const extra = first.params.additionalProperties ?? (first.keyword === 'boolean' ? [] : undefined);
  const names = first.instancePath.split('/').slice(1);
  const missing = first.params.requiredProperties;
  const actual = valueAt(
    context === 'body' ? request.body : context === 'params' ? request.params : request.query,
    names,
  );
  if (first.keyword === 'required' && Array.isArray(missing)) {
    const absent = missing.find((name) => !(isRecord(actual) && String(name) in actual));
    names.push(String(absent ?? missing[0]));
    return fieldProblem(names, context, 'a value', 'nothing');
  }
  if (extra !== undefined) return fieldProblem(names, context, 'no such field', shown(names, actual));
  const allowed = findings
    .filter((finding) => finding.instancePath === first.instancePath && /^(const|enum)$/.test(finding.keyword))
    .flatMap(({ params }) => params.allowedValues ?? [params.allowedValue])
    .map((value) => JSON.stringify(value));
  const expected =
    allowed.length > 0 ? allowed.join(' | ') : (first.message ?? '').replace(/^must (be |match |have )?/, '');
  return fieldProblem(names, context, expected, shown(names, actual));
}

function fieldProblem(names: string[], context: string, expected: string, actual: string): Problem {
  const field = names.join('.') || context;
  return new Problem(400, 'INVALID_FIELD', { field, expected, actual }, { field });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function valueAt(root: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), root);
}

/** Short, and never a password back. */
function shown(names: readonly string[], value: unknown): string {
  if (/password|secret|key/i.test(names.at(-1) ?? '')) return '…';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
