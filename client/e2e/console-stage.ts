import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { createStage, type Stage } from './stage.ts';

/**
 * The product as a stranger gets it: the start command in an empty directory, its seeded bureaus, its simulator, and people who
 * click and type in a real Chromium. Every test also fails on console errors, answers of 500 and requests to any other host.
 */
export function consoleStage(): Stage {
  const stage = createStage();
  beforeAll(() => stage.start());
  afterAll(() => stage.stop());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await stage.keepPictures(task.name);
    expect(stage.takeComplaints()).toEqual([]);
  });
  return stage;
}
