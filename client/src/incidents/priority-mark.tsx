const SHAPES: Record<number, { d: string; filled: boolean; token: string }> = {
  1: { d: 'M8 1.5L14.5 8L8 14.5L1.5 8z', filled: true, token: '--act' },
  2: { d: 'M8 2L14.5 13.5h-13z', filled: true, token: '--warn' },
  3: { d: 'M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9', filled: false, token: '--text-1' },
  4: { d: 'M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6', filled: true, token: '--text-3' },
};

/** Priority 1-4 as on the map: filled diamond, filled triangle, ring, dot. */
export function PriorityMark({ priority }: { priority: number }) {
  const { d, filled, token } = SHAPES[priority] ?? SHAPES[4];
  return (
    <svg viewBox="0 0 16 16" width="1.1em" height="1.1em" aria-hidden style={{ color: `var(${token})`, flex: 'none' }}>
      <path d={d} fill={filled ? 'currentColor' : 'none'} stroke="currentColor" strokeWidth={filled ? 0 : 2.2} />
    </svg>
  );
}
