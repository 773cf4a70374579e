type LonLat = [number, number];

/** All rings of a GeoJSON geometry, feature or collection; what holds no polygon gives none. */
export function ringsOf(geoJson: { type: string; [name: string]: unknown }): LonLat[][] {
  if (geoJson.type === 'Polygon') return geoJson.coordinates as LonLat[][];
  if (geoJson.type === 'MultiPolygon') return (geoJson.coordinates as LonLat[][][]).flat();
  if (geoJson.type === 'Feature') return ringsOf(geoJson.geometry as { type: string });
  if (geoJson.type === 'FeatureCollection') return (geoJson.features as { type: string }[]).flatMap(ringsOf);
  return [];
}
