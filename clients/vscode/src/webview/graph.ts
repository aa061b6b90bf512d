import { layoutGraph, neighbour, type Layout, type PlacedBox } from '../layout/graph.js';
import type { GraphEdge, StoryGraph, StoryThing } from '../protocol.js';
import { announce, button, cut, drawing, element, keep, kept, listen, open, part, Roving, safeColor, say, scaleOf, toolbar } from './page.js';

const boxHeight = 34;
const longest = 26;
const directions: Readonly<Record<string, 'left' | 'right' | 'up' | 'down'>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

let graph: StoryGraph = { nodes: [], edges: [], mermaid: '' };
let of: string | undefined;
let layout: Layout = { width: 0, height: 0, boxes: [] };
/** Written-down relationships have a place; that two share scenes is counted, and has none. */
const isWritten = (edge: GraphEdge): boolean => edge.uri !== undefined;
const nameOf = (id: string): string => graph.nodes.find(node => node.id === id)?.name ?? id;

const roving = new Roving(
  (from, key) => directions[key] === undefined ? byLetter(from, key) : neighbour(layout.boxes, from, directions[key]),
  (id, key) => {
    const node = graph.nodes.find(one => one.id === id);
    if (node !== undefined && key === 'Enter') {
      open(node);
    } else if (key === ' ') {
      say({ kind: 'around', id });
    }
  },
  id => {
    keep(id === undefined ? {} : { focus: id });
    mark(id);
  });

/** The next whose name begins with the letter. */
function byLetter(from: string, key: string): string | undefined {
  const names = layout.boxes.map(box => box.id);
  const after = [...names.slice(names.indexOf(from) + 1), ...names];
  return [...key].length === 1 ? after.find(id => nameOf(id).toLowerCase().startsWith(key.toLowerCase())) : undefined;
}

function shownEdges(): readonly GraphEdge[] {
  return part<HTMLInputElement>('shared').checked ? graph.edges : graph.edges.filter(isWritten);
}

function arrange(): void {
  layout = layoutGraph(graph.nodes.map(node => ({ id: node.id, width: 26 + 7.6 * [...cut(node.name, longest)].length, height: boxHeight })), shownEdges().map(({ from, to, scenes }) => ({ from, to, weight: scenes === undefined ? 1 : 0.15 })));
  draw();
}

function draw(): void {
  const focus = roving.at ?? kept().focus;
  // Who is in the picture with the keys stays there, whatever is drawn anew.
  const hadKeys = part('picture').contains(document.activeElement);
  roving.clear();
  const at = new Map(layout.boxes.map(box => [box.id, box]));
  const lines: SVGElement[] = [];
  const labels: SVGElement[] = [];
  for (const tie of pairsOf(shownEdges())) {
    const from = at.get(tie.from);
    const to = at.get(tie.to);
    if (from !== undefined && to !== undefined && from !== to) {
      const ends = { 'data-from': tie.from, 'data-to': tie.to };
      lines.push(drawing('line', { ...ends, class: tie.written ? 'edge written' : 'edge', x1: from.x, y1: from.y, x2: to.x, y2: to.y }));
      labels.push(drawing('text', { ...ends, class: tie.written ? 'label written' : 'label', x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 + 4 }, cut(tie.label, 40)));
    }
  }
  const nodes = graph.nodes.map(node => nodeOf(node, at.get(node.id))).filter(made => made !== undefined);
  const scale = scaleOf();
  part('picture').replaceChildren(drawing('svg', {
    width: layout.width * scale, height: layout.height * scale, viewBox: `0 0 ${layout.width} ${layout.height}`, role: 'application',
    'aria-roledescription': 'graph', 'aria-label': `${summary()} Arrow keys go from one to another, Enter opens, Space shows only what is around it. A list has the same: the button List.`,
  }, drawing('g', { 'aria-hidden': 'true' }, ...lines, ...labels), ...nodes));
  roving.take(focus, hadKeys);
}

/** One line for all that ties two: what is written, from here to there and back, else the scenes that they share. */
function pairsOf(edges: readonly GraphEdge[]): { from: string; to: string; label: string; written: boolean }[] {
  const pairs = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to].sort());
    pairs.set(key, [...pairs.get(key) ?? [], edge]);
  }
  return [...pairs.values()].flatMap(ties => {
    const written = ties.filter(isWritten);
    const [first] = ties;
    return first === undefined ? [] : [{ from: first.from, to: first.to, label: [...new Set((written.length > 0 ? written : ties).map(tie => tie.label))].join(' / '), written: written.length > 0 }];
  });
}

function nodeOf(node: StoryThing, box: PlacedBox | undefined): SVGElement | undefined {
  if (box === undefined) {
    return undefined;
  }
  const left = box.x - box.width / 2;
  const color = safeColor(node.color);
  const made = drawing('g', { class: node.id === of ? 'node middle' : 'node', role: 'button', 'aria-label': spoken(node), 'data-id': node.id },
    drawing('title', {}, node.detail === undefined ? node.name : `${node.name}: ${node.detail}`),
    drawing('rect', { class: 'box', x: left, y: box.y - boxHeight / 2, width: box.width, height: boxHeight, rx: 6 }),
    color === undefined ? undefined : drawing('rect', { x: left + 5, y: box.y - boxHeight / 2 + 6, width: 4, height: boxHeight - 12, rx: 2, fill: color }),
    drawing('text', { x: box.x + (color === undefined ? 0 : 3), y: box.y + 4 }, cut(node.name, longest)));
  roving.add(node.id, made);
  return made;
}

/** What a screen reader says of a node: who it is, and to whom it is what. */
function spoken(node: StoryThing): string {
  const ties = shownEdges().filter(edge => edge.from === node.id || edge.to === node.id).map(edge => tieOf(node.id, edge));
  return [`${node.name}, ${node.type}`, ...ties].join('. ');
}

function tieOf(id: string, edge: GraphEdge): string {
  return edge.from === id ? `${edge.label}: ${nameOf(edge.to)}` : isWritten(edge) ? `${nameOf(edge.from)} has ${edge.label}: ${nameOf(id)}` : `${edge.label}: ${nameOf(edge.from)}`;
}

/** Brings out what belongs to the node that has the keys. */
function mark(id: string | undefined): void {
  for (const made of document.querySelectorAll('[data-from]')) {
    made.classList.toggle('near', id !== undefined && (made.getAttribute('data-from') === id || made.getAttribute('data-to') === id));
  }
}

function summary(): string {
  const { nodes, edges } = graph;
  const about = of === undefined ? 'Relationships' : `Relationships of ${nameOf(of)}`;
  return `${about}: ${nodes.length === 1 ? '1 name' : `${nodes.length} names`}, ${edges.length === 1 ? '1 tie' : `${edges.length} ties`}.`;
}

function list(): void {
  const rows = graph.nodes.map(node => {
    const ties = graph.edges.filter(edge => edge.from === node.id || edge.to === node.id);
    return element('li', {},
      button(node.name, () => open(node)), ` ${node.type} `, button('around it', () => say({ kind: 'around', id: node.id }), `Show only what is around ${node.name}`),
      ties.length === 0 ? undefined : element('ul', {}, ...ties.map(edge => element('li', {}, edge.uri === undefined ? tieOf(node.id, edge) : button(tieOf(node.id, edge), () => open({ uri: edge.uri ?? '', ...(edge.range === undefined ? {} : { range: edge.range }) }))))));
  });
  part('list').replaceChildren(element('ul', { 'aria-label': summary() }, ...rows));
}

function show(): void {
  part('summary').textContent = graph.nodes.length === 0
    ? 'Nobody is tied to anybody yet. Write `relationships:` into a character, or let two of them share a scene.'
    : `${summary()} Solid: what you wrote down. Dashed: who shares scenes.`;
  part('all').hidden = of === undefined;
  arrange();
  list();
}

toolbar(draw);
part('shared').addEventListener('change', arrange);
part('all').addEventListener('click', () => say({ kind: 'around', id: undefined }));
listen(message => {
  if (message.kind === 'graph') {
    const first = graph.nodes.length === 0 || message.of !== of;
    ({ graph, of } = message);
    show();
    if (first) {
      announce(summary());
      mark(roving.at);
    }
  }
});
