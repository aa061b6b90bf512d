import * as vscode from 'vscode';

const asItIs = 'storylsp.asItIs';
const settingsFile = 'story.yaml';

/** Which of the opened folders are stories. Where none is, the extension rests. */
export class Stories implements vscode.Disposable {
  private readonly appeared = new vscode.EventEmitter<void>();
  /** A story has come where there was none. */
  readonly onDidAppear = this.appeared.event;
  private readonly watcher = vscode.workspace.createFileSystemWatcher(`**/${settingsFile}`, false, true, true);
  private readonly listening: vscode.Disposable[];
  private roots: readonly vscode.Uri[] = [];

  constructor(private readonly context: vscode.ExtensionContext) {
    this.listening = [
      this.watcher.onDidCreate(() => this.look()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.look()),
    ];
  }

  /** Whether there is a story, or a folder that the writer wants to be read as it is. */
  async found(): Promise<boolean> {
    const folders = folderUris();
    const direct = await Promise.all(folders.map(folder => exists(vscode.Uri.joinPath(folder, settingsFile))));
    this.roots = folders.filter((_, index) => direct[index]);
    if (this.roots.length === 0 && folders.length > 0) {
      const nested = await vscode.workspace.findFiles(`**/${settingsFile}`, '**/{node_modules,.*}/**', 20);
      this.roots = nested.map(file => vscode.Uri.joinPath(file, '..')).sort((one, other) => one.path < other.path ? -1 : 1);
    }
    return this.roots.length > 0 || this.context.workspaceState.get(asItIs, false);
  }

  /** Reads the opened folder as it is, now and the next time. */
  async takeAsItIs(): Promise<void> {
    await this.context.workspaceState.update(asItIs, true);
  }

  /** A document or folder of the story at hand: what the writer looks at, else the first story. */
  at(): vscode.Uri | undefined {
    const active = vscode.window.activeTextEditor?.document.uri;
    if (active?.scheme === 'file' && vscode.workspace.getWorkspaceFolder(active) !== undefined) {
      return active;
    }
    return this.roots[0] ?? folderUris()[0] ?? (active?.scheme === 'file' ? active : undefined);
  }

  dispose(): void {
    for (const one of [this.watcher, this.appeared, ...this.listening]) {
      one.dispose();
    }
  }

  private async look(): Promise<void> {
    if (await this.found()) {
      this.appeared.fire();
    }
  }
}

function folderUris(): vscode.Uri[] {
  return (vscode.workspace.workspaceFolders ?? []).map(folder => folder.uri).filter(uri => uri.scheme === 'file');
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false);
}
