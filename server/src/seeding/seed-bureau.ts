import type { Db } from '../platform/index.ts';
import { readBoundary, readBureau, readCategories, readCollection, readPlaces } from './dataset.ts';
import { type ReferenceAreas, seedingRepository } from './seeding.repository.ts';

interface ReferenceFile extends Omit<ReferenceAreas, 'features'> {
  file: string;
}

/** Sets of reference areas that a data set ships. */
const REFERENCE_FILES: Readonly<Record<string, readonly ReferenceFile[]>> = {
  chicago: [
    {
      file: 'reference-beats.geojson',
      slug: 'police-beats',
      name: { zh: '芝加哥警察局巡区', en: 'Chicago police beats' },
      attribution: 'City of Chicago',
    },
    {
      file: 'reference-districts.geojson',
      slug: 'police-districts',
      name: { zh: '芝加哥警察局分局辖区', en: 'Chicago police districts' },
      attribution: 'City of Chicago',
    },
  ],
};

/** Writes a bureau with its categories, places and reference areas, unless it is there. Returns its id. */
export async function seedBureau(db: Db, slug: string): Promise<number> {
  const known = await seedingRepository(db).bureauId(slug);
  if (known !== undefined) return known;
  const [bureau, boundary, categories, places] = await Promise.all([
    readBureau(slug),
    readBoundary(slug),
    readCategories(slug),
    readPlaces(slug),
  ]);
  const references = await Promise.all(
    (REFERENCE_FILES[slug] ?? []).map(async ({ file, ...set }) => ({
      ...set,
      features: await readCollection(slug, file),
    })),
  );
  return db.transaction().execute(async (trx) => {
    const repository = seedingRepository(trx);
    const bureauId = await repository.insertBureau(bureau, boundary);
    await repository.insertCategories(bureauId, categories);
    await repository.insertPlaces(bureauId, places);
    for (const set of references) await repository.insertReferenceAreas(bureauId, set);
    return bureauId;
  });
}
