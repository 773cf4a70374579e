export { api, onSignedOut, type QueryValue, setCsrfToken } from './api.ts';
export { ApiError, isAbort } from './api-error.ts';
export { type Link, serverNowMs, useLinkState } from './link-state.ts';
export { queryClient } from './query-client.ts';
export { onReconnect, onServerEvent, openConnection, watchBureau } from './socket.ts';
