import { Readable } from 'node:stream';
import { BureauQuerySchema, type Role, type SimulationLine, SimulationOrderSchema } from '@xunfang/geo-data/contract';
import { type Access, type Module, problem } from '../platform/index.ts';
import { simulationService } from './simulation.service.ts';

/** Whoever makes plans or weighs them. */
const PROVERS: readonly Role[] = ['supervisor', 'analyst', 'admin'];
const proveInBureau: Access = { roles: PROVERS, bureau: 'query' };

export const simulationModule: Module = async (app, { db, sql, workers, now }) => {
  const service = simulationService({ db, sql, workers, now });

  app.post(
    '/api/plans/simulation',
    {
      config: { access: proveInBureau },
      schema: {
        summary: 'Replays the incidents of a period under two plans. Nothing is stored; leaving stops it.',
        description: 'One JSON object a line: progress, then the result. See contract/simulation.',
        querystring: BureauQuerySchema,
        body: SimulationOrderSchema,
        produces: ['application/x-ndjson'],
      },
    },
    async (request, reply) => {
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const { signal } = gone;
      try {
        const prepared = await service.prepare(request.bureau.id, request.body, signal);
        const lines = linesOf(prepared.start(signal), (error) => {
          if (!signal.aborted) request.log.error({ err: error }, 'simulation failed');
          return { kind: 'failed', id: request.id };
        });
        return await reply
          .type('application/x-ndjson; charset=utf-8')
          .header('cache-control', 'no-store')
          .send(Readable.from(lines));
      } catch (error) {
        // Nobody reads the answer, but every request has one.
        if (signal.aborted) return problem(499, 'CLIENT_LEFT');
        throw error;
      }
    },
  );
};

type Run = ReturnType<Awaited<ReturnType<ReturnType<typeof simulationService>['prepare']>>['start']>;

/** The head of the answer has gone out when a run fails: that is told in a line, too. */
async function* linesOf(run: Run, failed: (error: unknown) => SimulationLine): AsyncGenerator<string> {
  const line = (content: SimulationLine) => `${JSON.stringify(content)}\n`;
  try {
    for (;;) {
      const step = await run.next();
      if (step.done) return yield line({ kind: 'result', result: step.value });
      yield line({ kind: 'progress', ...step.value });
    }
  } catch (error) {
    yield line(failed(error));
  }
}
