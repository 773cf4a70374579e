import Type, { type Static, type TSchema } from 'typebox';

/** RFC 3339 instant with an offset, as text. */
export const InstantSchema = Type.String({ format: 'date-time' });

/** Names of places, kinds and categories are stored in both languages. */
export const BilingualSchema = Type.Object({ zh: Type.String(), en: Type.String() });
export type Bilingual = Static<typeof BilingualSchema>;

/** The bureau by its short identifier, for example `chengdu-wuhou`. Optional for API keys, which belong to one. */
export const BureauQuerySchema = Type.Object({ bureau: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })) });
export type BureauQuery = Static<typeof BureauQuerySchema>;

export const IdParamsSchema = Type.Object({ id: Type.Integer({ minimum: 1 }) });
export type IdParams = Static<typeof IdParamsSchema>;

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** GeoJSON geometry and features are passed through as data; their shape is checked where they are read. */
export const GeoJsonObjectSchema = Type.Object({ type: Type.String() }, { additionalProperties: true });
