import type { MultiLineString } from 'geojson';
import type { RoadGraph } from '../../streets/index.ts';
import type { AreaAtoms, BureauBoundary } from '../atom-set.ts';
import { bureauPlane } from '../bureau-plane.ts';
import { planeRings, toMultiPolygon } from '../plane-rings.ts';
import { widthMeters } from './area-mesh.ts';
import { atomsOfMesh } from './atoms-of-mesh.ts';
import { createLineBook } from './line-book.ts';
import { mergeAreas } from './merge-areas.ts';
import { meshOfLines } from './mesh-of-lines.ts';

export interface StreetBlockRequest {
  boundary: BureauBoundary;
  roads: RoadGraph;
  /** Rivers and railways, degrees; motorways are taken from the roads. */
  barriers?: MultiLineString;
  /** Smaller blocks go to a neighbour; 2,000 m² by default. */
  leastAreaM2?: number;
  /**
   * So do blocks whose area over half their outline, for a strip its width, is less; 25 m by default: the ground between two
   * carriageways.
   */
  leastWidthMeters?: number;
}

const LEAST_AREA_M2 = 2_000;
const LEAST_WIDTH_METERS = 25;
/** Streets that end nearer to the boundary are led on to it: extracts of networks are cut there. */
const REACH_METERS = 200;

/**
 * Cuts a bureau into street blocks: the faces of its streets, motorways and barriers within the boundary. Streets that end inside of a block, or
 * hang together with others at one place only, divide nothing. Blocks that are too small or too narrow go to the neighbour with the longest
 * common border. Both directions of a street count as one line.
 *
 * Lines are cut on a grid of 8 mm (`snapRound`); on it blocks tile the bureau exactly, and neighbours have the same vertices. A bureau
 * without streets is one block. O(n log n) in the vertices of streets and boundary.
 * @throws RangeError for limits below 0, or a boundary without land.
 */
export function createStreetBlocks(request: StreetBlockRequest): AreaAtoms {
  const { roads, barriers, leastAreaM2 = LEAST_AREA_M2, leastWidthMeters = LEAST_WIDTH_METERS } = request;
  if (!(leastAreaM2 >= 0)) throw new RangeError(`The least area is ${leastAreaM2} m², expected 0 or more.`);
  if (!(leastWidthMeters >= 0)) throw new RangeError(`The least width is ${leastWidthMeters} m, expected 0 or more.`);
  const boundary = toMultiPolygon(request.boundary);
  const plane = bureauPlane(boundary);
  const book = createLineBook(plane, planeRings(boundary, plane));
  book.addRoads(roads);
  book.addEndsAtBoundary(roads, REACH_METERS);
  if (barriers !== undefined) book.addBarriers(barriers);
  const mesh = mergeAreas(
    meshOfLines(book.lines()),
    ({ areaM2, outlineMeters }) => areaM2 < leastAreaM2 || widthMeters(areaM2, outlineMeters) < leastWidthMeters,
  );
  return atomsOfMesh(mesh, plane, boundary).atoms;
}
