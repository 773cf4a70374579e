export { createTestDatabase, type TestDatabase } from '../platform/testing/test-database.ts';
export { findProgram } from './find-program.ts';
export { createRedisServer, type RedisServer } from './redis-server.ts';
export { type ServerProcess, startServerProcess } from './server-process.ts';
export { createTcpProxy, type TcpProxy } from './tcp-proxy.ts';
export { createTestApp, type TestApp, type TestSession } from './test-app.ts';
export { createTestBureau } from './test-bureau.ts';
