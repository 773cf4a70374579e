import { PLACE_SHAPES, type PlaceKind } from './place-shapes.ts';

/** The mark of a kind as on the map. */
export function PlaceMark({ kind }: { kind: PlaceKind }) {
  return (
    <svg viewBox="0 0 16 16" width="1.1em" height="1.1em" aria-hidden style={{ color: 'var(--text-2)', flex: 'none' }}>
      <path d={PLACE_SHAPES[kind]} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}
