import type { Bureau, Place, ReferenceAreaSet } from '@xunfang/geo-data/contract';
import type { Db } from '../platform/index.ts';
import { findBasemap } from './basemap-file.ts';
import { bureausRepository, type IncidentExtent } from './bureaus.repository.ts';

export function bureausService(deps: { db: Db; dataDir: string }) {
  const repository = bureausRepository(deps.db);
  /** Counting a million incidents takes a tenth of a second: done once per revision of the data. */
  const extents = new Map<number, { revision: number; extent: IncidentExtent }>();

  async function extentOf(bureauId: number, revision: number): Promise<IncidentExtent> {
    const known = extents.get(bureauId);
    if (known?.revision === revision) return known.extent;
    const extent = await repository.incidentExtent(bureauId);
    extents.set(bureauId, { revision, extent });
    return extent;
  }

  return {
    async bureau(bureauId: number): Promise<Bureau> {
      const row = await repository.byId(bureauId);
      const [categories, extent, basemap] = await Promise.all([
        repository.categories(bureauId),
        extentOf(bureauId, row.data_revision),
        findBasemap(row.slug, deps.dataDir),
      ]);
      return {
        id: row.slug,
        name: { zh: row.name_zh, en: row.name_en },
        timeZone: row.time_zone,
        centre: [row.centre_lon, row.centre_lat],
        bounds: [row.west, row.south, row.east, row.north],
        boundary: row.boundary,
        demonstration: row.demonstration,
        simulated: row.simulated,
        defaultResolution: row.default_resolution,
        atomResolution: row.atom_resolution,
        nightFromHour: row.night_from_hour,
        nightToHour: row.night_to_hour,
        attribution: row.attribution,
        hasBasemap: basemap !== null,
        incidentsFrom: extent.from?.toISOString() ?? null,
        incidentsTo: extent.to?.toISOString() ?? null,
        incidentCount: extent.count,
        dataRevision: row.data_revision,
        categories: categories.map(({ id, parent_id, name_zh, name_en, priority }) => ({
          id,
          parentId: parent_id,
          name: { zh: name_zh, en: name_en },
          priority,
        })),
      };
    },

    async places(bureauId: number): Promise<Place[]> {
      const rows = await repository.places(bureauId);
      return rows.map(({ id, kind, name_zh, name_en, lon, lat, tier }) => ({
        id,
        kind: kind as Place['kind'],
        name: { zh: name_zh, en: name_en },
        lon,
        lat,
        tier,
      }));
    },

    async referenceAreaSets(bureauId: number): Promise<ReferenceAreaSet[]> {
      const rows = await repository.referenceAreaSets(bureauId);
      return rows.map(({ id, name_zh, name_en, attribution, feature_count }) => ({
        id,
        name: { zh: name_zh, en: name_en },
        count: feature_count,
        attribution,
      }));
    },

    ownerOfReferenceAreas: async (setId: number) => (await repository.referenceAreaOwner(setId))?.bureau_id ?? null,
    referenceAreas: async (setId: number) => (await repository.referenceAreas(setId)).features,
    basemap: (slug: string) => findBasemap(slug, deps.dataDir),
  };
}
