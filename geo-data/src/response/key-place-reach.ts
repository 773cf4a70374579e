export interface KeyPlaces {
  /** One per place: the atom it lies in. */
  atom: Uint32Array;
  /** One per place: its response tier, from 1. */
  tier: Uint8Array;
}

export interface KeyPlaceReach {
  /** One per place: drive of the unit of its own beat, Infinity where there is none. */
  ownMinutes: Float64Array;
  /** One per place: drive of the nearest unit. */
  nearestMinutes: Float64Array;
  tiers: TierReach[];
}

export interface TierReach {
  minutes: number;
  places: number;
  /** Places that the unit of their own beat reaches in time from where it stands ready. */
  byOwnUnit: number;
  /** Places that some unit reaches in time. */
  byAnyUnit: number;
  /** Places that a free unit reaches in time, in the mean: units are busy as much as the model says, independently. */
  expected: number;
}

/**
 * Which key places are reached in the minutes of their tier (1-3-5), by drive time. Units that are busy count by the likelihood
 * that all those in reach are (Daskin, A maximum expected covering location model, Transportation Science 17, 1983).
 * O(places · units).
 * @throws a RangeError for a place in an atom or of a tier that doesn't exist.
 */
export function keyPlaceReach(request: {
  places: KeyPlaces;
  /** Minutes of tiers 1, 2, … */
  tierMinutes: readonly number[];
  unitCount: number;
  /** Atoms × units. */
  travelMinutes: Float64Array;
  utilisation: Float64Array;
  /** The unit of an atom's beat, -1 where there is none. */
  unitOfAtom: (atom: number) => number;
}): KeyPlaceReach {
  const { places, tierMinutes, unitCount, travelMinutes, utilisation, unitOfAtom } = request;
  const count = places.atom.length;
  const reach: KeyPlaceReach = {
    ownMinutes: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
    nearestMinutes: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
    tiers: tierMinutes.map((minutes) => ({ minutes, places: 0, byOwnUnit: 0, byAnyUnit: 0, expected: 0 })),
  };
  for (let place = 0; place < count; place++) {
    const tier = reach.tiers[places.tier[place] - 1];
    const row = places.atom[place] * unitCount;
    if (tier === undefined) {
      throw new RangeError(`Place ${place} is of tier ${places.tier[place]}, expected 1 to ${tierMinutes.length}.`);
    }
    if (row + unitCount > travelMinutes.length) {
      throw new RangeError(
        `Place ${place} lies in atom ${places.atom[place]}, expected less than ${travelMinutes.length / unitCount}.`,
      );
    }
    const own = unitOfAtom(places.atom[place]);
    if (own >= 0) reach.ownMinutes[place] = travelMinutes[row + own];
    let allBusy = 1;
    for (let unit = 0; unit < unitCount; unit++) {
      const minutes = travelMinutes[row + unit];
      if (minutes < reach.nearestMinutes[place]) reach.nearestMinutes[place] = minutes;
      if (minutes <= tier.minutes) allBusy *= utilisation[unit];
    }
    tier.places++;
    if (reach.ownMinutes[place] <= tier.minutes) tier.byOwnUnit++;
    if (reach.nearestMinutes[place] <= tier.minutes) {
      tier.byAnyUnit++;
      tier.expected += 1 - allBusy;
    }
  }
  return reach;
}
