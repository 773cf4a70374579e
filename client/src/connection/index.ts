export { api, onSignedOut, type QueryValue, setCsrfToken } from './api.ts';
export { ApiError, isAbort } from './api-error.ts';
export { type Link, serverNowMs, useLinkState } from './link-state.ts';
export { queryClient, refreshSoon } from './query-client.ts';
export {
  onReconnect,
  onResumed,
  onServerEvent,
  openConnection,
  tellServer,
  tellServerNow,
  watchBureau,
} from './socket.ts';
