import { buildRoadGraph, type RoadEdgeCollection } from '@xunfang/geo-data/streets';
import { type BeatPlace, type BeatStreet, placesOfBeat, streetsOfBeats } from './beat-contents.ts';
import type { BookOrder } from './book-order.ts';
import { type ExpectedResponse, expectedResponse, type ResponseMinutes } from './expected-response.ts';
import { type AreaOnGround, areaOnGround, planeOf, type Shape, shapeOf } from './ground.ts';
import { type Neighbour, neighboursOfBeats } from './neighbours-of-beats.ts';
import { type StreetLine, streetLines } from './street-lines.ts';

export interface BookBeat extends AreaOnGround {
  neighbours: Neighbour[];
  places: BeatPlace[];
  streets: BeatStreet[];
  /** Of a queueing model; undefined where it says nothing. */
  response: ResponseMinutes | undefined;
}

/** All that is drawn, on the plane and sorted by beat. */
export interface Book {
  order: BookOrder;
  boundary: Shape;
  zones: AreaOnGround[];
  beats: BookBeat[];
  /** null: the bureau has none. */
  streets: StreetLine[] | null;
  response: ExpectedResponse | null;
}

export function prepareBook(order: BookOrder, roads: RoadEdgeCollection | null): Book {
  const plane = planeOf(order.bureau.boundary);
  const beats = order.beats.map((beat) => areaOnGround(plane, beat));
  const streets = roads && streetLines(buildRoadGraph(roads), plane);
  const neighbours = neighboursOfBeats(order.beats);
  const lengths = streetsOfBeats(beats, streets ?? []);
  const response = order.response && expectedResponse(order.response);
  return {
    order,
    boundary: shapeOf(plane, order.bureau.boundary),
    zones: order.zones.map((zone) => areaOnGround(plane, zone)),
    beats: beats.map((beat) => ({
      ...beat,
      neighbours: neighbours.get(beat.number) ?? [],
      places: placesOfBeat(beat, order.places, plane),
      streets: lengths.get(beat.number) ?? [],
      response: response?.beats.get(beat.number),
    })),
    streets,
    response,
  };
}
