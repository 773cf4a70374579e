export { type Boundary, type BureauArea, createBureauArea } from './bureau-area.ts';
export { categoriesWithDescendants } from './categories.repository.ts';
export { dataRevision } from './data-revision.repository.ts';
export { databaseUrlOf } from './database-url.ts';
export { csvCell } from './imports/rejections-csv.ts';
export { importsService } from './imports/imports.service.ts';
export { incidentsModule } from './incidents.routes.ts';
