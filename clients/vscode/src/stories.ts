import * as vscode from 'vscode';
import { holderOf } from './nested.js';

const asItIs = 'storylsp.asItIs';
const settingsFile = 'story.yaml';

/** Which of the opened folders are stories. Where none is, the extension rests. */
export class Stories implements vscode.Disposable {
  private readonly appeared = new vscode.EventEmitter<void>();
  /** A story has come where there was none. */
  readonly onDidAppear = this.appeared.event;
  private readonly turned = new vscode.EventEmitter<void>();
  /** The writer looks at another story than before. */
  readonly onDidTurn = this.turned.event;
  private readonly watcher = vscode.workspace.createFileSystemWatcher(`**/${settingsFile}`, false, true, true);
  private readonly listening: vscode.Disposable[];
  private roots: readonly vscode.Uri[] = [];
  /** The story that the writer looked at last. */
  private last: string | undefined;

  constructor(private readonly context: vscode.ExtensionContext) {
    this.listening = [
      this.watcher.onDidCreate(() => this.look()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.look()),
      vscode.window.onDidChangeActiveTextEditor(() => this.turn()),
    ];
  }

  /** Whether there is a story, or a folder that the writer wants to be read as it is. */
  async found(): Promise<boolean> {
    const folders = folderUris();
    const roots = await Promise.all(folders.map(async folder => await exists(vscode.Uri.joinPath(folder, settingsFile)) ? [folder] : await nestedIn(folder)));
    this.roots = roots.flat();
    this.turn();
    return this.roots.length > 0 || this.context.workspaceState.get(asItIs, false);
  }

  /** Reads the opened folder as it is, now and the next time. */
  async takeAsItIs(): Promise<void> {
    await this.context.workspaceState.update(asItIs, true);
  }

  /** A document or folder of the story at hand: what the writer looks at where it is in a story, else the story looked at last, else the first one. */
  at(): vscode.Uri | undefined {
    const active = vscode.window.activeTextEditor?.document.uri;
    if (active?.scheme === 'file') {
      const holder = this.holder(active);
      if (holder !== undefined || this.roots.length === 0 && vscode.workspace.getWorkspaceFolder(active) !== undefined) {
        return active;
      }
    }
    return this.roots.find(root => root.toString() === this.last) ?? this.roots[0] ?? folderUris()[0] ?? (active?.scheme === 'file' ? active : undefined);
  }

  dispose(): void {
    for (const one of [this.watcher, this.appeared, this.turned, ...this.listening]) {
      one.dispose();
    }
  }

  private holder(uri: vscode.Uri): string | undefined {
    return holderOf(this.roots.map(String), uri.toString());
  }

  private turn(): void {
    const active = vscode.window.activeTextEditor?.document.uri;
    const holder = active?.scheme === 'file' ? this.holder(active) : undefined;
    if (holder !== undefined && holder !== this.last) {
      this.last = holder;
      this.turned.fire();
    }
  }

  private async look(): Promise<void> {
    if (await this.found()) {
      this.appeared.fire();
    }
  }
}

async function nestedIn(folder: vscode.Uri): Promise<vscode.Uri[]> {
  const files = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, `**/${settingsFile}`), '**/{node_modules,.*}/**', 100);
  return files.map(file => vscode.Uri.joinPath(file, '..')).sort((one, other) => one.path < other.path ? -1 : 1);
}

function folderUris(): vscode.Uri[] {
  return (vscode.workspace.workspaceFolders ?? []).map(folder => folder.uri).filter(uri => uri.scheme === 'file');
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false);
}
