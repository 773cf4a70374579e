import { describe } from 'vitest';
import { alarmsScenario } from './alarms.scenario.ts';
import { consoleStage } from './console-stage.ts';
import { devicesScenario } from './devices.scenario.ts';
import { planFilesScenario } from './plan-files.scenario.ts';
import { planScenario } from './plan.scenario.ts';
import { resilienceScenario } from './resilience.scenario.ts';
import { simulateScenario } from './simulate.scenario.ts';
import { studioScenario } from './studio.scenario.ts';

/** What people change: plans, fences and alarms, devices; and what breaks under them. */
describe('console: to change', () => {
  const stage = consoleStage();
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
  describe('devices', () => {
    devicesScenario(stage);
  });
  // Kills the server and takes its database away: last.
  describe('plan files', () => {
    planFilesScenario(stage);
  });
  describe('resilience', () => {
    resilienceScenario(stage);
  });
});
