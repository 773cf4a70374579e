import type { FastifyRequest } from 'fastify';
import { type Doer, doerOf, type Language, languageOf } from '../platform/index.ts';

/** Who changes something, and the language they are answered in. */
export interface SpeakingDoer extends Doer {
  language: Language;
}

export const speakingDoerOf = (request: FastifyRequest): SpeakingDoer => ({
  ...doerOf(request),
  language: languageOf(request.headers['accept-language']),
});
