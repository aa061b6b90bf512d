import type { StoryGraph, StoryTimeline, WireRange } from '../protocol.js';

/** What a page says to the extension. */
export type FromPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly uri: string; readonly range: WireRange | undefined }
  | { readonly kind: 'copy' }
  | { readonly kind: 'around'; readonly id: string | undefined };

/** What the extension says to a page. */
export type ToPage =
  | { readonly kind: 'graph'; readonly graph: StoryGraph; readonly of: string | undefined }
  | { readonly kind: 'timeline'; readonly timeline: StoryTimeline }
  | { readonly kind: 'problem'; readonly message: string };
