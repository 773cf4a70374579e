import { mapCamera } from '../map/index.ts';
import type { StudioSession } from './studio-session.ts';
import { useStudio } from './studio-store.ts';

/** Chooses a beat and brings it into view. */
export function showBeat(session: StudioSession, key: number): void {
  useStudio.setState({ beat: key });
  const centre = session.centreOf(key);
  if (centre) mapCamera.flyTo(centre);
}

/** Brings the first of these atoms into view; false when there is none. */
export function showAtoms(session: StudioSession, atoms: readonly number[]): boolean {
  if (atoms.length === 0) return false;
  const [atom] = atoms;
  const { lon, lat } = session.ground.atoms;
  mapCamera.flyTo({ lon: lon[atom], lat: lat[atom] });
  return true;
}
