import Type, { type Static } from 'typebox';

/** Every refusal has this body. `code` is stable; `message` is in the caller's language (Accept-Language, zh-CN first). */
export const ErrorBodySchema = Type.Object({
  error: Type.Object({
    code: Type.String(),
    message: Type.String(),
    /** How to mend it, in the caller's language. */
    fix: Type.Optional(Type.String()),
    field: Type.Optional(Type.String()),
    row: Type.Optional(Type.Integer()),
    params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))),
    /** Quote this when asking for help: it is the request id in the server's log. */
    id: Type.String(),
  }),
});
export type ErrorBody = Static<typeof ErrorBodySchema>;
