import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { alarmsScenario } from './alarms.scenario.ts';
import { analyseScenario } from './analyse.scenario.ts';
import { devicesScenario } from './devices.scenario.ts';
import { dispatchScenario } from './dispatch.scenario.ts';
import { importScenario } from './import.scenario.ts';
import { planFilesScenario } from './plan-files.scenario.ts';
import { planScenario } from './plan.scenario.ts';
import { resilienceScenario } from './resilience.scenario.ts';
import { screenshotsScenario } from './screenshots.scenario.ts';
import { signInScenario } from './sign-in.scenario.ts';
import { simulateScenario } from './simulate.scenario.ts';
import { createStage } from './stage.ts';
import { studioScenario } from './studio.scenario.ts';
import { tracksScenario } from './tracks.scenario.ts';

/**
 * The product as a stranger gets it: the start command in an empty directory, its seeded bureaus, its simulator, and people who
 * click and type in a real Chromium. Every test also fails on console errors, answers of 500 and requests to any other host.
 */
describe('console', () => {
  const stage = createStage();
  beforeAll(() => stage.start());
  afterAll(() => stage.stop());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await stage.keepPictures(task.name);
    expect(stage.takeComplaints()).toEqual([]);
  });

  describe('sign-in', () => {
    signInScenario(stage);
  });
  describe('dispatch', () => {
    dispatchScenario(stage);
  });
  describe('analyse', () => {
    analyseScenario(stage);
  });
  describe('screenshots', () => {
    screenshotsScenario(stage);
  });
  // From here on the installation is no longer as it was seeded.
  describe('tracks', () => {
    tracksScenario(stage);
  });
  describe('plan', () => {
    planScenario(stage);
  });
  describe('studio', () => {
    studioScenario(stage);
  });
  describe('simulate', () => {
    simulateScenario(stage);
  });
  describe('alarms', () => {
    alarmsScenario(stage);
  });
  describe('import', () => {
    importScenario(stage);
  });
  describe('devices', () => {
    devicesScenario(stage);
  });
  describe('plan files', () => {
    planFilesScenario(stage);
  });
  // Kills the server and takes its database away: last.
  describe('resilience', () => {
    resilienceScenario(stage);
  });
});
