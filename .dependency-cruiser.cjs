/**
 * The import rules of docs/architecture.md, "Who may import whom". `pnpm check:imports` runs them
 * through scripts/src/check-imports.ts, which also fails when nothing was cruised.
 */

/** Layers of geo-data from the lowest up. A layer imports the layers below it, never its own level or one above. */
const GEO_DATA_LAYERS = [
  ['geometry', 'numeric'],
  ['streets', 'incidents', 'units', 'geofences', 'alarms'],
  ['hotspots', 'beats', 'dispatch'],
  ['response', 'patrol'],
  ['simulation'],
];
const KERNELS = GEO_DATA_LAYERS.flat().join('|');

const TESTS = '\\.(test|bench)\\.tsx?$|/(testing|e2e)/';
const npm = (name) => `node_modules/${name}(/|$)`;

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const layerRules = GEO_DATA_LAYERS.flatMap((layer, level) =>
  layer.map((domain) => {
    const allowed = [...GEO_DATA_LAYERS.slice(0, level).flat(), domain].join('|');
    return forbid(
      `geo-data-${domain}`,
      `geo-data/${domain} imports ${level === 0 ? 'no other domain' : 'only the layers below it'}.`,
      { path: `^geo-data/src/${domain}/`, pathNot: TESTS },
      { path: `^geo-data/src/(${KERNELS})/`, pathNot: `^geo-data/src/(${allowed})/` },
    );
  }),
);

module.exports = {
  forbidden: [
    /* ------------------------------------------------------------ the four folders */
    forbid(
      'geo-data-imports-nothing-of-ours',
      'geo-data is the kernel: everyone imports it, it imports no other folder.',
      { path: '^geo-data/' },
      { path: '^(client|server|scripts)/' },
    ),
    forbid(
      'client-imports-geo-data',
      'client → geo-data only.',
      { path: '^client/src/' },
      { path: '^(server|scripts)/' },
    ),
    forbid('server-imports-geo-data', 'server → geo-data only.', { path: '^server/' }, { path: '^(client|scripts)/' }),
    forbid('scripts-not-client', 'scripts → geo-data, server.', { path: '^scripts/' }, { path: '^client/' }),
    forbid(
      'through-the-public-surface',
      'Another folder is entered by its index.ts files.',
      { path: '^(client|server|scripts)/' },
      { path: '^geo-data/src/[^/]+/(?!index\\.ts$)' },
    ),
    forbid(
      'scripts-through-the-server-surface',
      'scripts enter the server by index.ts files.',
      { path: '^scripts/', pathNot: TESTS },
      { path: '^server/src/[^/]+/(?!index\\.ts$)' },
    ),

    /* -------------------------------------------------------------------- geo-data */
    ...layerRules,
    forbid(
      'kernels-know-no-contract',
      'A kernel knows typed arrays and no schema library.',
      { path: `^geo-data/src/(${KERNELS})/` },
      { path: ['^geo-data/src/contract/', npm('typebox')] },
    ),
    forbid(
      'contract-knows-no-kernel',
      'They meet in server services and client stores.',
      { path: '^geo-data/src/contract/', pathNot: TESTS },
      { path: `^geo-data/src/(${KERNELS})/` },
    ),

    /* ---------------------------------------------------------------------- server */
    forbid(
      'platform-imports-no-module',
      'server/platform stands below every module.',
      { path: '^server/src/platform/', pathNot: TESTS },
      { path: '^server/src/', pathNot: '^server/src/platform/' },
    ),
    forbid(
      'modules-by-their-index',
      'A module imports platform/index.ts and other modules’ index.ts, nothing deeper.',
      { path: '^server/src/([^/]+)/', pathNot: TESTS },
      { path: '^server/src/[^/]+/(?!index\\.ts$)', pathNot: '^server/src/$1/' },
    ),
    forbid(
      'modules-below-the-app',
      'app.ts and main.ts assemble the modules; no module knows them.',
      { path: '^server/src/[^/]+/', pathNot: TESTS },
      { path: '^server/src/[^/]+\\.ts$' },
    ),
    forbid(
      'routes-through-the-service',
      'routes → service → repository.',
      { path: '\\.routes\\.ts$' },
      { path: '^server/src/.*\\.repository\\.ts$' },
    ),
    forbid(
      'repository-is-the-last',
      'A repository knows neither service nor routes, a service no routes.',
      { path: '\\.(repository|service)\\.ts$' },
      { path: '\\.routes\\.ts$' },
    ),
    forbid('repository-no-service', 'See above.', { path: '\\.repository\\.ts$' }, { path: '\\.service\\.ts$' }),
    forbid(
      'http-stops-at-routes',
      'Fastify is known to routes, platform and the app.',
      { path: '^server/src/[^/]+/.*\\.(service|repository|task)\\.ts$', pathNot: '^server/src/platform/' },
      { path: npm('@?fastify') },
    ),
    forbid(
      'sql-stops-at-repositories',
      'Kysely and postgres.js are known to repositories and platform.',
      { path: '^server/src/[^/]+/.*\\.(routes|service|task)\\.ts$', pathNot: '^server/src/platform/' },
      { path: npm('(kysely|postgres)') },
    ),

    /* ---------------------------------------------------------------------- client */
    forbid(
      'maplibre-in-map',
      'maplibre-gl only in client/map.',
      { path: '^client/src/', pathNot: '^client/src/map/' },
      { path: npm('maplibre-gl') },
    ),
    forbid(
      'deck-in-map-and-layers',
      'deck.gl classes only in client/map and *-layer(s).ts(x).',
      { path: '^client/src/', pathNot: ['^client/src/map/', '-layers?\\.tsx?$'] },
      { path: npm('@(deck|luma)[.]gl'), dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'domains-know-no-shell',
      'A domain folder never imports the shell.',
      {
        path: '^client/src/(session|units|incidents|beats|hotspots|replay|imports|places|devices|admin|geofences|alarms|tracks|track-purpose)/',
        pathNot: TESTS,
      },
      { path: '^client/src/shell/' },
    ),
    forbid(
      'foundations-know-no-domain',
      'map, clock, connection, ui and i18n stand below the domains.',
      { path: '^client/src/(map|clock|connection|ui|i18n)/', pathNot: TESTS },
      {
        path: '^client/src/(shell|workspaces|session|units|incidents|beats|hotspots|replay|imports|places|devices|admin|geofences|alarms|tracks|track-purpose)/',
      },
    ),

    /* ------------------------------------------------------------------- everywhere */
    forbid(
      'no-cycles',
      'Files do not import each other in a circle.',
      {},
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ['type-only'] },
      },
    ),
    forbid('nobody-imports-tests', 'Tests are leaves.', { pathNot: TESTS }, { path: '\\.(test|bench)\\.tsx?$' }),
    forbid(
      'everything-resolves',
      'An import that resolves to nothing.',
      {},
      {
        couldNotResolve: true,
        // Types alone, from @types.
        pathNot: '^geojson$',
      },
    ),
  ],
  options: {
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(client/dist|geo-data/datasets)/|[?]' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
