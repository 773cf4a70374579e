const HEX_PX = 34;
const COLUMNS = 12;
const ROWS = 10;

/** The product's own picture: a grid of cells, two quiet clusters lit, fading into the night. Still. */
export function SignInScene() {
  return (
    <svg viewBox="-520 -420 1040 840" preserveAspectRatio="xMidYMid slice" aria-hidden>
      <g transform="rotate(-11)">
        {CELLS.map((cell) => (
          <path
            key={cell.path}
            d={cell.path}
            fill="var(--select)"
            fillOpacity={cell.light}
            stroke="var(--line)"
            strokeOpacity={cell.edge}
          />
        ))}
      </g>
    </svg>
  );
}

const CELLS = hexagons();

function hexagons() {
  const cells = [];
  for (let row = -ROWS; row <= ROWS; row++)
    for (let column = -COLUMNS; column <= COLUMNS; column++) {
      const x = HEX_PX * Math.sqrt(3) * (column + (row % 2 === 0 ? 0 : 0.5));
      const y = HEX_PX * 1.5 * row;
      const fade = Math.max(0, 1 - Math.hypot(x, y) / 680);
      const heat = Math.exp(-Math.hypot(x - 130, y + 80) / 75) + 0.7 * Math.exp(-Math.hypot(x + 200, y - 40) / 65);
      cells.push({ path: hexagon(x, y), light: rounded(0.55 * heat * fade), edge: rounded(fade) });
    }
  return cells;
}

function hexagon(x: number, y: number): string {
  const corners = Array.from({ length: 6 }, (_, corner) => {
    const angle = ((corner + 0.5) * Math.PI) / 3;
    return `${(x + HEX_PX * Math.cos(angle)).toFixed(1)} ${(y + HEX_PX * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${corners.join('L')}Z`;
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}
