/** Where the nodes of a graph stand. Pure, and the same for the same graph: no chance, no clock. */

export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Link {
  readonly from: string;
  readonly to: string;
  /** How strongly it draws together; 1 where nothing is said. */
  readonly weight?: number;
}

/** A box with its centre. */
export interface PlacedBox extends Box {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
}

interface Body {
  readonly box: Box;
  x: number;
  y: number;
  dx: number;
  dy: number;
}

const margin = 24;
const gap = 34;
const ideal = 230;
const golden = Math.PI * (3 - Math.sqrt(5));

/**
 * Fruchterman and Reingold, "Graph Drawing by Force-directed Placement" (1991), from a spiral on which the nodes with most links stand innermost; then
 * boxes that overlap are moved apart.
 */
export function layoutGraph(boxes: readonly Box[], links: readonly Link[]): Layout {
  const order = inOrder(boxes, links);
  const bodies = order.map<Body>((box, index) => {
    const radius = ideal * 0.6 * Math.sqrt(index);
    return { box, x: radius * Math.cos(index * golden), y: radius * 0.7 * Math.sin(index * golden), dx: 0, dy: 0 };
  });
  const at = new Map(bodies.map(body => [body.box.id, body]));
  const springs = uniquePairs(links).flatMap(({ from, to, weight = 1 }) => {
    const [one, other] = [at.get(from), at.get(to)];
    return one === undefined || other === undefined ? [] : [{ one, other, weight }];
  });
  const rounds = bodies.length < 2 ? 0 : Math.min(300, Math.ceil(4_000_000 / (bodies.length * bodies.length)));
  for (let round = 0; round < rounds; round++) {
    const heat = ideal * 0.5 * (1 - round / rounds) + 1;
    push(bodies);
    pull(springs);
    move(bodies, heat);
  }
  separate(bodies);
  return normalised(bodies, boxes);
}

/** The node that one comes to from another by an arrow key: the nearest in that direction, where what lies aside counts double. */
export function neighbour(boxes: readonly PlacedBox[], from: string, direction: 'left' | 'right' | 'up' | 'down'): string | undefined {
  const here = boxes.find(box => box.id === from);
  if (here === undefined) {
    return boxes[0]?.id;
  }
  const [ahead, aside] = direction === 'left' || direction === 'right' ? ['x', 'y'] as const : ['y', 'x'] as const;
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  let best: { id: string; far: number } | undefined;
  for (const box of boxes) {
    const forward = (box[ahead] - here[ahead]) * sign;
    const far = forward + 2 * Math.abs(box[aside] - here[aside]);
    if (forward > 1 && (best === undefined || far < best.far)) {
      best = { id: box.id, far };
    }
  }
  return best?.id;
}

function inOrder(boxes: readonly Box[], links: readonly Link[]): Box[] {
  const degree = new Map<string, number>();
  for (const { from, to } of uniquePairs(links)) {
    degree.set(from, (degree.get(from) ?? 0) + 1);
    degree.set(to, (degree.get(to) ?? 0) + 1);
  }
  return [...boxes].sort((one, other) => (degree.get(other.id) ?? 0) - (degree.get(one.id) ?? 0) || compare(one.id, other.id));
}

function uniquePairs(links: readonly Link[]): Link[] {
  const pairs = new Map<string, Link>();
  for (const { from, to, weight = 1 } of links) {
    const [one, other] = compare(from, to) < 0 ? [from, to] : [to, from];
    const key = JSON.stringify([one, other]);
    if (from !== to) {
      pairs.set(key, { from: one, to: other, weight: Math.max(weight, pairs.get(key)?.weight ?? 0) });
    }
  }
  return [...pairs.values()].sort((one, other) => compare(one.from, other.from) || compare(one.to, other.to));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function push(bodies: readonly Body[]): void {
  bodies.forEach((body, index) => {
    for (const other of bodies.slice(index + 1)) {
      const x = body.x - other.x;
      const y = body.y - other.y;
      const squared = Math.max(x * x + y * y, 1);
      const force = ideal * ideal / squared;
      body.dx += x * force;
      body.dy += y * force;
      other.dx -= x * force;
      other.dy -= y * force;
    }
  });
}

function pull(springs: readonly { one: Body; other: Body; weight: number }[]): void {
  for (const { one, other, weight } of springs) {
    const x = one.x - other.x;
    const y = one.y - other.y;
    const force = weight * Math.sqrt(x * x + y * y) / ideal;
    one.dx -= x * force;
    one.dy -= y * force;
    other.dx += x * force;
    other.dy += y * force;
  }
}

/** Moves by the forces and a little to the middle, so that what has no links does not drift away. */
function move(bodies: readonly Body[], heat: number): void {
  for (const body of bodies) {
    const x = body.dx - body.x * 0.25;
    const y = body.dy - body.y * 0.45;
    const length = Math.max(Math.sqrt(x * x + y * y), 0.01);
    body.x += x / length * Math.min(length, heat);
    body.y += y / length * Math.min(length, heat);
    body.dx = 0;
    body.dy = 0;
  }
}

function separate(bodies: readonly Body[]): void {
  for (let round = 0; round < 200; round++) {
    let moved = false;
    bodies.forEach((one, index) => {
      for (const other of bodies.slice(index + 1)) {
        const x = (one.box.width + other.box.width) / 2 + gap - Math.abs(one.x - other.x);
        const y = (one.box.height + other.box.height) / 2 + gap - Math.abs(one.y - other.y);
        if (x > 0.01 && y > 0.01) {
          moved = true;
          if (x < y) {
            const side = one.x < other.x ? -1 : 1;
            one.x += side * x / 2;
            other.x -= side * x / 2;
          } else {
            const side = one.y < other.y ? -1 : 1;
            one.y += side * y / 2;
            other.y -= side * y / 2;
          }
        }
      }
    });
    if (!moved) {
      return;
    }
  }
}

function normalised(bodies: readonly Body[], boxes: readonly Box[]): Layout {
  const left = Math.min(...bodies.map(({ x, box }) => x - box.width / 2)) - margin;
  const top = Math.min(...bodies.map(({ y, box }) => y - box.height / 2)) - margin;
  const at = new Map(bodies.map(({ box, x, y }) => [box.id, { ...box, x: Math.round(x - left), y: Math.round(y - top) }]));
  const placed = boxes.map(box => at.get(box.id)).filter(box => box !== undefined);
  return {
    width: Math.ceil(Math.max(0, ...placed.map(box => box.x + box.width / 2)) + margin),
    height: Math.ceil(Math.max(0, ...placed.map(box => box.y + box.height / 2)) + margin),
    boxes: placed,
  };
}
