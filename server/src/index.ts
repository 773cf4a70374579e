export { type AppDeps, buildApp } from './app.ts';
export {
  accountsService,
  apiKeysService,
  type NewAccount,
  PASSWORD_MIN_LENGTH,
  passwordFault,
} from './identity/index.ts';
export * from './platform/index.ts';
export { type RunningServer, type RunOptions, runServer } from './run-server.ts';
export { serveUntilSignal } from './serve-until-signal.ts';
