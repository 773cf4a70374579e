export interface Circle {
  x: number;
  y: number;
  radius: number;
}

/** Points this far outside, relative to the radius, count as inside: what rounding makes of a point on the circle. */
const ROUNDING = 1e-12;

/**
 * The smallest circle that holds all points; radius 0 for one point, NaN for none. The point farthest out of the circle around a few
 * points joins them until no point is out: each time the circle grows, and a handful of points suffices. Among those few, one
 * that falls out of the circle so far must lie on the edge of the next. O(n) a round, some 3 to 8 rounds.
 * Source: E. Welzl, Smallest enclosing disks (balls and ellipsoids), LNCS 555 (1991); the farthest point first: B. Gärtner, Fast and robust
 * smallest enclosing balls, LNCS 1643 (1999).
 */
export function smallestCircle(x: ArrayLike<number>, y: ArrayLike<number>): Circle {
  if (x.length === 0) return { x: Number.NaN, y: Number.NaN, radius: Number.NaN };
  const fewX = [x[0]];
  const fewY = [y[0]];
  let circle: Circle = { x: x[0], y: y[0], radius: 0 };
  for (;;) {
    let farthest = -1;
    let most = (circle.radius * (1 + ROUNDING)) ** 2;
    for (let i = 0; i < x.length; i++) {
      const away = (x[i] - circle.x) ** 2 + (y[i] - circle.y) ** 2;
      if (away <= most) continue;
      most = away;
      farthest = i;
    }
    if (farthest < 0) return circle;
    fewX.push(x[farthest]);
    fewY.push(y[farthest]);
    const next = circleOfFew(fewX, fewY);
    // Rounding alone is left when the circle does not grow.
    if (!(next.radius > circle.radius)) return { ...circle, radius: Math.sqrt(most) };
    circle = next;
  }
}

function circleOfFew(x: readonly number[], y: readonly number[]): Circle {
  let circle: Circle = { x: x[0], y: y[0], radius: 0 };
  const outside = (i: number): boolean => Math.hypot(x[i] - circle.x, y[i] - circle.y) > circle.radius * (1 + ROUNDING);
  for (let i = 1; i < x.length; i++) {
    if (!outside(i)) continue;
    circle = { x: x[i], y: y[i], radius: 0 };
    for (let j = 0; j < i; j++) {
      if (!outside(j)) continue;
      circle = circleOnTwo(x[i], y[i], x[j], y[j]);
      for (let k = 0; k < j; k++) if (outside(k)) circle = circleThrough(x[i], y[i], x[j], y[j], x[k], y[k]);
    }
  }
  return circle;
}

function circleOnTwo(ax: number, ay: number, bx: number, by: number): Circle {
  return { x: (ax + bx) / 2, y: (ay + by) / 2, radius: Math.hypot(ax - bx, ay - by) / 2 };
}

function circleThrough(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): Circle {
  const [px, py, qx, qy] = [bx - ax, by - ay, cx - ax, cy - ay];
  const twiceCross = 2 * (px * qy - py * qx);
  const pairs: Circle[] = [circleOnTwo(ax, ay, bx, by), circleOnTwo(ax, ay, cx, cy), circleOnTwo(bx, by, cx, cy)];
  // Three points in a line: the two farthest apart decide.
  if (Math.abs(twiceCross) < 1e-14 * (px * px + py * py + qx * qx + qy * qy)) {
    return pairs.reduce((largest, pair) => (pair.radius > largest.radius ? pair : largest));
  }
  const [p, q] = [px * px + py * py, qx * qx + qy * qy];
  const [x, y] = [(qy * p - py * q) / twiceCross, (px * q - qx * p) / twiceCross];
  return { x: ax + x, y: ay + y, radius: Math.hypot(x, y) };
}
