import { describe } from 'vitest';
import { analyseScenario } from './analyse.scenario.ts';
import { consoleStage } from './console-stage.ts';
import { dispatchScenario } from './dispatch.scenario.ts';
import { importScenario } from './import.scenario.ts';
import { screenshotsScenario } from './screenshots.scenario.ts';
import { signInScenario } from './sign-in.scenario.ts';
import { tracksScenario } from './tracks.scenario.ts';

/** What people look at: signing in, dispatch, hotspots, tracks, and what an import brings. */
describe('console: to look at', () => {
  const stage = consoleStage();
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
  describe('import', () => {
    importScenario(stage);
  });
});
