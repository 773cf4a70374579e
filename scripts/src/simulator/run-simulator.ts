import { createSeededRandom } from '@xunfang/geo-data/numeric';
import { createFixSender } from './fix-sender.ts';
import { createLiveCalls } from './live-calls.ts';
import { patrolOfUnit, readPatrolAreas } from './patrol-areas.ts';
import { createServerLink, RefusedError, ServerAwayError, type ServerLink } from './server-link.ts';
import { loadSimulatedCity } from './simulated-city.ts';
import { createSimulatedUnit, moveUnit, type SimulatedUnit } from './simulated-unit.ts';
import type { SimulatorConfig } from './simulator-config.ts';

const DEFAULT_SEED = 510107;
const TICK_MS = 250;
/** A machine that slept must not make units leap; faster than life, units move in several steps a tick. */
const LONGEST_TICK_SECONDS = 2;
const LONGEST_STEP_SECONDS = 0.5;
const PLAN_CHECK_MS = 60_000;

/**
 * Drives the demonstration bureau until `signal` aborts: units patrol their beats along real roads and answer demonstration
 * calls. Speaks to the server by its public interface only and survives its restarts.
 */
export async function runSimulator(
  config: SimulatorConfig,
  signal: AbortSignal,
  log: (line: string) => void = (line) => console.log(`[simulator] ${line}`),
): Promise<void> {
  const seed = config.seed ?? DEFAULT_SEED;
  const city = await loadSimulatedCity(seed);
  const random = createSeededRandom(seed);
  const link = createServerLink(config, log, signal);
  const areas = await untilAnswered(() => readPatrolAreas(link, city), link, signal);
  if (areas === undefined) return;
  let planId = areas.planId;
  const timeFactor = config.timeFactor ?? 1;
  let simulatedMs = Date.now();

  const units: SimulatedUnit[] = config.devices.map((device, order) => {
    const known = city.units.get(device.callSign) ?? { callSign: device.callSign, kind: 'car', answersCalls: true };
    return createSimulatedUnit(device, known, patrolOfUnit(areas, order, device.beatNumber), random);
  });
  const fixes = createFixSender(units, link, random, log);
  const calls =
    config.calls === false
      ? undefined
      : createLiveCalls({
          city,
          units,
          link,
          random,
          nowMs: () => simulatedMs,
          timeZone: config.timeZone ?? 'Asia/Shanghai',
          log,
        });
  log(`${units.length} units on ${areas.beats.size || 'no'} beats, seed ${seed}`);

  let planCheckMs = Date.now() + PLAN_CHECK_MS;
  async function followPlan(): Promise<void> {
    try {
      const now = await readPatrolAreas(link, city);
      if (now.planId === planId) return;
      planId = now.planId;
      for (const [order, unit] of units.entries()) unit.patrol = patrolOfUnit(now, order, unit.device.beatNumber);
      log(`another plan is in force: ${now.beats.size} beats`);
    } catch (cause) {
      if (!(cause instanceof ServerAwayError) && !(cause instanceof RefusedError)) throw cause;
    }
  }

  await eachTick(signal, (nowMs, realSeconds) => {
    for (let rest = realSeconds * timeFactor; rest > 0; rest -= LONGEST_STEP_SECONDS) {
      const seconds = Math.min(LONGEST_STEP_SECONDS, rest);
      simulatedMs += seconds * 1000;
      for (const unit of units) moveUnit(unit, simulatedMs, seconds, city, random);
    }
    const work = [...fixes.tick(nowMs), ...(calls?.tick() ?? [])];
    if (nowMs >= planCheckMs) {
      planCheckMs = nowMs + PLAN_CHECK_MS;
      work.push(followPlan());
    }
    return work;
  });
}

/** Runs `step` a few times a second until the signal aborts or any of its work fails, and waits for what is under way. */
function eachTick(signal: AbortSignal, step: (nowMs: number, seconds: number) => Promise<void>[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const underWay = new Set<Promise<void>>();
    let lastMs = Date.now();
    let timer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      clearInterval(timer);
      void Promise.allSettled(underWay).then(() => resolve());
    };
    const fail = (cause: unknown): void => {
      clearInterval(timer);
      reject(cause instanceof Error ? cause : new Error(String(cause)));
    };
    timer = setInterval(() => {
      const nowMs = Date.now();
      const seconds = Math.min(LONGEST_TICK_SECONDS, (nowMs - lastMs) / 1000);
      lastMs = nowMs;
      for (const work of step(nowMs, seconds)) {
        const ended = work.catch(fail).finally(() => underWay.delete(ended));
        underWay.add(ended);
      }
    }, TICK_MS);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Asks until the server answers; undefined when the signal aborts first. */
async function untilAnswered<T>(ask: () => Promise<T>, link: ServerLink, signal: AbortSignal): Promise<T | undefined> {
  for (;;) {
    if (signal.aborted) return undefined;
    try {
      if (link.isOpen()) return await ask();
    } catch (cause) {
      if (!(cause instanceof ServerAwayError)) throw cause;
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
}
