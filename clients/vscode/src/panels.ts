import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { StoryGraph, StoryTimeline, WireRange } from './protocol.js';
import type { StoryData } from './story-data.js';
import type { FromPage, ToPage } from './webview/messages.js';

/** The pages that draw: who is what to whom, and what happens when. */
export class Panels implements vscode.Disposable {
  readonly graph: Panel;
  readonly timeline: Panel;
  private of: string | undefined;

  constructor(extension: vscode.Uri, data: StoryData) {
    this.graph = new Panel({
      id: 'storylsp.graph', title: 'Relationships', script: 'graph.js', extension, data,
      tools: '<label><input type="checkbox" id="shared" checked> Who shares scenes</label>\n<button type="button" id="all" hidden>Show All</button>',
      load: async () => {
        const of = this.of;
        const graph = await data.ask<StoryGraph>('storylsp/graph', of === undefined ? {} : { of, depth: 1 });
        return graph === undefined ? undefined : { message: { kind: 'graph', graph, of }, mermaid: graph.mermaid };
      },
      around: id => this.showGraph(id),
    });
    this.timeline = new Panel({
      id: 'storylsp.timelinePage', title: 'Story Timeline', script: 'timeline.js', extension, data,
      tools: '<label>Follow <select id="follow"></select></label>',
      load: async () => {
        const timeline = await data.ask<StoryTimeline>('storylsp/timeline');
        return timeline === undefined ? undefined : { message: { kind: 'timeline', timeline }, mermaid: timeline.mermaid };
      },
      around: () => Promise.resolve(),
    });
  }

  /** Shows all relationships, or those around one container. */
  async showGraph(of?: string): Promise<void> {
    this.of = of;
    await this.graph.show();
  }

  dispose(): void {
    this.graph.dispose();
    this.timeline.dispose();
  }
}

interface Page {
  readonly id: string;
  readonly title: string;
  readonly script: string;
  /** HTML of the page's own tools. */
  readonly tools: string;
  readonly extension: vscode.Uri;
  readonly data: StoryData;
  readonly load: () => Promise<{ readonly message: ToPage; readonly mermaid: string } | undefined>;
  readonly around: (id: string | undefined) => Promise<void>;
}

/** A page in a tab, of which there is one at most. */
class Panel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private readonly listening: vscode.Disposable;
  private mermaid = '';

  constructor(private readonly page: Page) {
    this.listening = page.data.onDidChange(() => this.panel?.visible === true ? void this.send() : undefined);
  }

  async show(): Promise<void> {
    if (this.panel === undefined) {
      this.make();
    } else {
      this.panel.reveal();
      await this.send();
    }
  }

  /** Copies what is shown as text that many other programs draw. */
  async copy(): Promise<void> {
    if (this.panel === undefined) {
      const loaded = await this.page.load().catch(() => undefined);
      this.mermaid = loaded?.mermaid ?? '';
    }
    if (this.mermaid === '') {
      void vscode.window.showInformationMessage('There is nothing to copy yet.');
      return;
    }
    await vscode.env.clipboard.writeText(this.mermaid);
    vscode.window.setStatusBarMessage('$(check) Copied as Mermaid. Paste it between ```mermaid and ``` in Markdown.', 8000);
  }

  dispose(): void {
    this.listening.dispose();
    this.panel?.dispose();
  }

  private make(): void {
    const { id, title, extension } = this.page;
    const roots = ['dist', 'media'].map(folder => vscode.Uri.joinPath(extension, folder));
    const panel = vscode.window.createWebviewPanel(id, title, vscode.ViewColumn.Active, { enableScripts: true, localResourceRoots: roots, enableFindWidget: true });
    this.panel = panel;
    panel.webview.onDidReceiveMessage((message: FromPage) => this.receive(message));
    panel.onDidChangeViewState(() => panel.visible ? void this.send() : undefined);
    panel.onDidDispose(() => { this.panel = undefined; });
    panel.webview.html = this.html(panel.webview);
  }

  private async receive(message: FromPage): Promise<void> {
    switch (message.kind) {
      case 'ready': return this.send();
      case 'copy': return this.copy();
      case 'around': return this.page.around(message.id);
      case 'open': return this.open(message.uri, message.range);
    }
  }

  private async open(uri: string, range: WireRange | undefined): Promise<void> {
    const at = range === undefined ? undefined : new vscode.Range(range.start.line, range.start.character, range.start.line, range.start.character);
    const file = this.page.data.uri(uri);
    if (file.scheme === 'file') {
      await vscode.window.showTextDocument(file, at === undefined ? {} : { selection: at });
    }
  }

  private async send(): Promise<void> {
    const panel = this.panel;
    const answer = await this.page.load().catch((error: unknown) => ({ message: { kind: 'problem', message: error instanceof Error ? error.message : String(error) } as const, mermaid: '' }));
    this.mermaid = answer?.mermaid ?? '';
    await panel?.webview.postMessage(answer?.message ?? { kind: 'problem', message: 'The story server does not answer. “Story: Status” says what it does.' } satisfies ToPage);
  }

  private html(webview: vscode.Webview): string {
    const nonce = randomBytes(16).toString('base64url');
    const at = (...path: string[]): string => webview.asWebviewUri(vscode.Uri.joinPath(this.page.extension, ...path)).toString();
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${at('media', 'panels.css')}">
<title>${this.page.title}</title>
</head>
<body>
<header>
<span role="group" aria-label="How to show it"><button type="button" id="picture-button" aria-pressed="true">Picture</button> <button type="button" id="list-button" aria-pressed="false">List</button></span>
${this.page.tools}
<button type="button" id="larger" aria-label="Larger">+</button>
<button type="button" id="smaller" aria-label="Smaller">−</button>
<button type="button" id="copy">Copy as Mermaid</button>
<p id="summary"></p>
<p id="problem" role="alert"></p>
</header>
<div id="status" role="status"></div>
<main><div id="picture"></div><div id="list" hidden></div></main>
<script nonce="${nonce}" src="${at('dist', this.page.script)}"></script>
</body>
</html>`;
  }
}
