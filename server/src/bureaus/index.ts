export { bureausModule } from './bureaus.routes.ts';
