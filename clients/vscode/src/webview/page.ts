import type { FromPage, ToPage } from './messages.js';
import type { WireRange } from '../protocol.js';

interface Host {
  postMessage(message: FromPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}

/** What a page keeps while it is hidden. */
interface PageState {
  readonly list?: boolean;
  readonly focus?: string;
  readonly choice?: string;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();

export function say(message: FromPage): void {
  host.postMessage(message);
}

export function open(place: { readonly uri: string; readonly range?: WireRange }): void {
  say({ kind: 'open', uri: place.uri, range: place.range });
}

export function kept(): PageState {
  return host.getState() ?? {};
}

export function keep(state: PageState): void {
  host.setState({ ...kept(), ...state });
}

export function part<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  return document.getElementById(id) as Kind;
}

/** An element with attributes and children; a text is always a text, and never markup. */
export function element(name: string, attributes: Record<string, string | undefined>, ...children: (Node | string | undefined)[]): HTMLElement {
  return fill(document.createElement(name), attributes, children);
}

export function drawing(name: string, attributes: Record<string, string | number | undefined>, ...children: (Node | string | undefined)[]): SVGElement {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function fill<Kind extends Element>(made: Kind, attributes: Record<string, string | number | undefined>, children: readonly (Node | string | undefined)[]): Kind {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      made.setAttribute(name, String(value));
    }
  }
  made.append(...children.filter(child => child !== undefined));
  return made;
}

export function button(text: string, pressed: () => void, label?: string): HTMLElement {
  const made = element('button', { type: 'button', class: 'link', 'aria-label': label }, text);
  made.addEventListener('click', pressed);
  return made;
}

/** The color that a story gives, if it is one and not something else. */
export function safeColor(color: string | undefined): string | undefined {
  return color !== undefined && /^(#[0-9a-f]{3,8}|[a-z]{3,20})$/iu.test(color) ? color : undefined;
}

/** A text cut to so many characters. */
export function cut(text: string, longest: number): string {
  const letters = [...text];
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`;
}

/** What can be reached with the arrow keys: one of them at a time is in the order of the Tab key. */
export class Roving {
  private readonly elements = new Map<string, SVGElement>();
  private current: string | undefined;

  constructor(private readonly next: (from: string, key: string) => string | undefined, private readonly chosen: (id: string, key: 'Enter' | ' ') => void, private readonly focused: (id: string | undefined) => void) { }

  clear(): void {
    this.elements.clear();
    this.current = undefined;
  }

  get at(): string | undefined {
    return this.current;
  }

  add(id: string, made: SVGElement): void {
    this.elements.set(id, made);
    made.setAttribute('tabindex', '-1');
    made.addEventListener('click', () => {
      this.take(id, true);
      this.chosen(id, 'Enter');
    });
    made.addEventListener('focus', () => {
      this.take(id, false);
      this.focused(id);
    });
    made.addEventListener('keydown', event => {
      if (event.ctrlKey || event.altKey || event.metaKey) {
        return;
      }
      if (event.key === 'Enter' || event.key === ' ') {
        this.chosen(id, event.key);
      } else {
        const to = event.key === 'Home' ? [...this.elements.keys()][0] : event.key === 'End' ? [...this.elements.keys()].at(-1) : this.next(id, event.key);
        if (to === undefined) {
          if (!event.key.startsWith('Arrow')) {
            return;
          }
        } else {
          this.take(to, true);
        }
      }
      event.preventDefault();
    });
  }

  /** Puts one into the order of the Tab key; and the keys there too, if wanted. */
  take(id: string | undefined, focus: boolean): void {
    const wanted = id !== undefined && this.elements.has(id) ? id : [...this.elements.keys()][0];
    if (this.current !== undefined) {
      this.elements.get(this.current)?.setAttribute('tabindex', '-1');
    }
    this.current = wanted;
    const made = wanted === undefined ? undefined : this.elements.get(wanted);
    made?.setAttribute('tabindex', '0');
    if (focus) {
      made?.focus();
      made?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }
}

/** The buttons that both pages have: picture or list, larger, smaller, copy. */
export function toolbar(redraw: () => void): void {
  const picture = part('picture-button');
  const list = part('list-button');
  const show = (asList: boolean): void => {
    keep({ list: asList });
    picture.setAttribute('aria-pressed', String(!asList));
    list.setAttribute('aria-pressed', String(asList));
    part('picture').hidden = asList;
    part('list').hidden = !asList;
    for (const id of ['larger', 'smaller']) {
      part(id).hidden = asList;
    }
  };
  picture.addEventListener('click', () => show(false));
  list.addEventListener('click', () => show(true));
  part('larger').addEventListener('click', () => scale(1.25, redraw));
  part('smaller').addEventListener('click', () => scale(0.8, redraw));
  part('copy').addEventListener('click', () => say({ kind: 'copy' }));
  show(kept().list ?? false);
}

let zoom = 1;

/** How many pixels of the screen one of the drawing is. */
export function scaleOf(): number {
  return zoom;
}

function scale(by: number, redraw: () => void): void {
  zoom = Math.min(4, Math.max(0.25, zoom * by));
  redraw();
}

/** Tells a screen reader, once. */
export function announce(text: string): void {
  part('status').textContent = text;
}

/** Hears the extension. What is the same as before is not drawn anew. */
export function listen(take: (message: ToPage) => void): void {
  let before = '';
  window.addEventListener('message', event => {
    const message = event.data as ToPage;
    const now = JSON.stringify(message);
    if (now === before) {
      return;
    }
    before = now;
    part('problem').textContent = message.kind === 'problem' ? message.message : '';
    take(message);
  });
  say({ kind: 'ready' });
}
