import { ROAD_CLASSES, type RoadClass } from './road-graph.ts';

/**
 * What a patrol car makes on an ordinary day without lights and sirens, kilometres per hour, lights and queues included.
 * Extracts state limits (the SUMO network of Chengdu even 100 km/h for every primary road), which nobody drives in a city:
 * the lower of limit and class speed is used.
 */
const CLASS_SPEED_KMH: Record<RoadClass, number> = {
  motorway: 80,
  motorway_link: 45,
  trunk: 55,
  trunk_link: 40,
  primary: 42,
  primary_link: 32,
  secondary: 36,
  secondary_link: 28,
  tertiary: 30,
  tertiary_link: 25,
  unclassified: 25,
  residential: 22,
  living_street: 12,
  service: 12,
  pedestrian: 8,
  unknown: 20,
};

/** Ordinary driving speed on a road of class `roadClass` (index into `ROAD_CLASSES`) whose limit is `limitKmh`, if known. */
export function classSpeedKmh(roadClass: number, limitKmh = Number.POSITIVE_INFINITY): number {
  const name = ROAD_CLASSES[roadClass];
  if (name === undefined) throw new RangeError(`Road class is ${roadClass}, expected 0 to ${ROAD_CLASSES.length - 1}.`);
  const ordinary = CLASS_SPEED_KMH[name];
  return limitKmh > 0 ? Math.min(ordinary, limitKmh) : ordinary;
}

/** Seconds for `lengthMeters` at `speedKmh`. */
export function travelSeconds(lengthMeters: number, speedKmh: number): number {
  return (lengthMeters * 3.6) / speedKmh;
}
