export { categoriesWithDescendants } from './categories.repository.ts';
export { incidentsModule } from './incidents.routes.ts';
export { importsService } from './imports/imports.service.ts';
export { databaseUrlOf } from './database-url.ts';
export { dataRevision } from './data-revision.repository.ts';
