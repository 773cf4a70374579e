import { buffer, concave, explode, featureCollection, simplify } from '@turf/turf';
import type { Feature, LineString, Polygon } from 'geojson';

/**
 * One polygon without holes around a road network: the concave hull of its vertices (no edge longer than
 * `maxEdgeMeters`), pushed out by `marginMeters` so that what stands beside the outermost streets belongs to it.
 */
export function roadHull(
  roads: readonly Feature<LineString>[],
  maxEdgeMeters: number,
  marginMeters: number,
): Feature<Polygon> {
  const hull = concave(explode(featureCollection([...roads])), { maxEdge: maxEdgeMeters, units: 'meters' });
  const grown = hull && buffer(hull, marginMeters, { units: 'meters', steps: 8 });
  if (!grown) throw new Error(`No hull with edges of at most ${maxEdgeMeters} m encloses ${roads.length} roads.`);
  const smooth = simplify(grown, { tolerance: 0.0001, highQuality: true });
  if (smooth.geometry.type !== 'Polygon')
    throw new Error(`The hull falls apart at ${maxEdgeMeters} m: try a larger edge.`);
  return {
    type: 'Feature',
    properties: {},
    geometry: { type: 'Polygon', coordinates: [smooth.geometry.coordinates[0]] },
  };
}
