export { cellAreasSquareKilometres, cellCentres } from './cell-centres.ts';
export { CellIndex, indexCells } from './cell-index.ts';
export { type CellLattice, cellLatticeCoordinates } from './cell-lattice-coordinates.ts';
export { type CellContainment, cellsOfPolygon } from './cells-of-polygon.ts';
export {
  type CoordinateConverter,
  type CoordinateSystem,
  createCoordinateConverter,
  createDefinedConverter,
  isCoordinateSystem,
  needsEpsgDefinition,
} from './coordinate-systems.ts';
export {
  bigIntsToCells,
  bigIntToHi,
  bigIntToLo,
  type CellColumns,
  cellsToBigInts,
  cellsToHex,
  cellToBigInt,
  cellToHex,
  hexToCells,
  hexToHi,
  hexToLo,
  parentCells,
  parentHi,
  parentLo,
  resolutionOf,
} from './h3-cells.ts';
export { haversineDistanceMeters, METERS_PER_DEGREE } from './haversine-distance.ts';
export { latLngToCellColumns } from './lat-lng-to-cell-columns.ts';
export { loadEpsgDefinition } from './load-epsg-definition.ts';
export { createLocalPlane, type LocalPlane, type PlaneColumns, type PointColumns } from './local-plane.ts';
export { type PlanarFaces, planarFaces } from './planar-faces.ts';
export { pointInPolygon, pointInRings } from './point-in-polygon.ts';
export { poleOfInaccessibility } from './pole-of-inaccessibility.ts';
export { polygonAreaSquareMeters } from './polygon-area.ts';
export { selfCrossing } from './self-crossing.ts';
export { GRID_METERS, type PlanarEdges, type PlaneSegments, snapRound } from './snap-round.ts';
export { type Circle, smallestCircle } from './smallest-circle.ts';
