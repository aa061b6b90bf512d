import * as vscode from 'vscode';
import { bibleNodes, manuscriptNodes, timelineNodes, workNodes, type TreeNode } from './nodes.js';
import type { Manuscript, Proposal, RunSummary, StoryBible, StoryTimeline, WireRange } from './protocol.js';
import type { StoryData } from './story-data.js';

/** A tree whose rows the server gives. */
class StoryTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changes.event;
  private readonly view: vscode.TreeView<TreeNode>;
  private readonly parents = new Map<TreeNode, TreeNode>();
  private rows: readonly TreeNode[] = [];
  private readonly listening: vscode.Disposable;

  constructor(id: string, private readonly data: StoryData, private readonly load: () => Promise<readonly TreeNode[]>) {
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
    this.listening = data.onDidChange(() => this.changes.fire());
  }

  /** The rows as they were shown last. */
  get shown(): readonly TreeNode[] {
    return this.rows;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node !== undefined) {
      return [...node.children ?? []];
    }
    try {
      this.rows = await this.load();
      this.view.message = '';
    } catch (error) {
      this.rows = [];
      this.view.message = `${error instanceof Error ? error.message : String(error)} “Story: Show Log” says more.`;
    }
    this.parents.clear();
    this.remember(this.rows);
    return [...this.rows];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.parents.get(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(node.label, node.children === undefined ? None : node.expanded === true ? Expanded : Collapsed);
    item.id = node.key;
    item.contextValue = node.kind;
    item.iconPath = new vscode.ThemeIcon(node.icon, node.color === undefined ? undefined : new vscode.ThemeColor(node.color));
    if (node.description !== undefined) {
      item.description = node.description;
    }
    if (node.tooltip !== undefined) {
      item.tooltip = node.tooltip;
    }
    if (node.spoken !== undefined) {
      item.accessibilityInformation = { label: node.spoken };
    }
    if (node.command !== undefined) {
      item.command = { ...node.command, arguments: [...node.command.arguments] };
    } else if (node.open !== undefined) {
      item.command = { command: 'vscode.open', title: 'Open', arguments: [this.data.uri(node.open.uri), node.open.range === undefined ? {} : { selection: startOf(node.open.range) }] };
    }
    return item;
  }

  /** Selects the row of what is open, where the view can be seen. The keys stay where they are. */
  async reveal(uri: string): Promise<void> {
    const row = this.view.visible && vscode.workspace.getConfiguration('storylsp').get('manuscript.followEditor', true) ? find(this.rows, node => node.children === undefined && node.open?.uri === uri) : undefined;
    if (row !== undefined && this.view.selection[0]?.open?.uri !== uri) {
      await this.view.reveal(row, { select: true, focus: false }).then(undefined, () => undefined);
    }
  }

  dispose(): void {
    this.listening.dispose();
    this.view.dispose();
    this.changes.dispose();
  }

  private remember(nodes: readonly TreeNode[]): void {
    for (const node of nodes) {
      for (const child of node.children ?? []) {
        this.parents.set(child, node);
      }
      this.remember(node.children ?? []);
    }
  }
}

/** The four views of the Story container. */
export class Trees implements vscode.Disposable {
  readonly bible: StoryTree;
  readonly manuscript: StoryTree;
  readonly timeline: StoryTree;
  readonly work: StoryTree;
  private readonly listening: vscode.Disposable;

  constructor(data: StoryData, uriOf: (uri: vscode.Uri) => string) {
    this.bible = new StoryTree('storylsp.bible', data, async () => bibleNodes(await data.ask<StoryBible>('storylsp/bible') ?? { types: [] }));
    this.manuscript = new StoryTree('storylsp.manuscript', data, async () => manuscriptNodes(await data.ask<Manuscript>('storylsp/manuscript') ?? { words: 0, entries: [] }));
    this.timeline = new StoryTree('storylsp.timeline', data, async () => timelineNodes(await data.ask<StoryTimeline>('storylsp/timeline') ?? { entries: [], mermaid: '' }));
    this.work = new StoryTree('storylsp.work', data, async () => {
      const [runs, proposals] = await Promise.all([data.ask<{ runs: readonly RunSummary[] }>('storylsp/runs'), data.ask<{ proposals: readonly Proposal[] }>('storylsp/proposal')]);
      return workNodes(runs?.runs ?? [], proposals?.proposals ?? []);
    });
    this.listening = vscode.window.onDidChangeActiveTextEditor(editor => {
      if (editor?.document.uri.scheme === 'file') {
        void this.manuscript.reveal(uriOf(editor.document.uri));
      }
    });
  }

  dispose(): void {
    this.listening.dispose();
    for (const tree of [this.bible, this.manuscript, this.timeline, this.work]) {
      tree.dispose();
    }
  }
}

function find(nodes: readonly TreeNode[], wanted: (node: TreeNode) => boolean): TreeNode | undefined {
  for (const node of nodes) {
    const found = wanted(node) ? node : find(node.children ?? [], wanted);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** One goes to the beginning of a thing; a selection of all of it would be lost by the first key. */
function startOf({ start }: WireRange): vscode.Range {
  return new vscode.Range(start.line, start.character, start.line, start.character);
}
