export { addIncidents } from './add-incidents.ts';
export { type ConnectedConsole, connectConsole } from './connect-console.ts';
export { createTestDatabase, type TestDatabase } from '../platform/testing/test-database.ts';
export { publishPlan } from './publish-plan.ts';
export { createTestApp, type TestApp, type TestSession } from './test-app.ts';
export { createTestBureau } from './test-bureau.ts';
