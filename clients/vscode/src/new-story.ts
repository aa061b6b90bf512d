import { execFile } from 'node:child_process';
import * as vscode from 'vscode';
import { done } from './first-steps.js';
import { fileFor, lastFolder } from './new-files.js';
import { placesOf } from './nodes.js';
import type { Manuscript, StoryBible } from './protocol.js';
import type { FoundServer } from './server.js';
import { exists, type Stories } from './stories.js';
import type { StoryData } from './story-data.js';

const firstScene = 'scenes/01-first-scene.md';
const afterOpening = 'storylsp.openFirstScene';

/** Beginnings: a story, and the things in it. */
export class Beginnings {
  constructor(private readonly context: vscode.ExtensionContext, private readonly program: () => FoundServer, private readonly data: StoryData, private readonly stories: Stories) { }

  /** Begins a story in the opened folder, or in one that the writer chooses. No file is ever overwritten. */
  async story(): Promise<void> {
    const opened = vscode.workspace.workspaceFolders?.find(folder => folder.uri.scheme === 'file')?.uri;
    const folder = opened ?? (await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, canSelectMany: false, title: 'A folder for the story: a new or an empty one', openLabel: 'Begin the Story Here' }))?.[0];
    if (folder === undefined) {
      return;
    }
    if (await exists(vscode.Uri.joinPath(folder, 'story.yaml'))) {
      void vscode.window.showInformationMessage('This folder is a story already: it has a story.yaml. Its people, places and scenes are in the Story views.');
      await vscode.commands.executeCommand('storylsp.manuscript.focus');
      return;
    }
    const problem = await this.initialise(folder.fsPath);
    if (problem !== undefined) {
      void vscode.window.showErrorMessage(problem);
    } else if (opened === undefined) {
      await this.context.globalState.update(afterOpening, folder.toString());
      await vscode.commands.executeCommand('vscode.openFolder', folder);
    } else {
      await this.show(folder);
    }
  }

  /** After a folder was opened for a new story: its first scene is opened. */
  async afterOpening(): Promise<void> {
    const wanted = this.context.globalState.get<string>(afterOpening);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    if (wanted !== undefined && folder?.toString() === wanted) {
      await this.context.globalState.update(afterOpening, undefined);
      await this.show(folder);
    }
  }

  /** Asks what and how it is called, and opens its file. */
  async thing(wanted?: string): Promise<void> {
    const at = this.stories.at();
    const bible = await this.data.ask<StoryBible>('storylsp/bible').catch(() => undefined);
    if (at === undefined || bible === undefined) {
      void vscode.window.showErrorMessage('There is no story here yet. Begin one with “Story: New Story…”.');
      return;
    }
    const known = bible.types.map(({ type, title }) => ({ label: type, description: title }));
    const usual = ['character', 'location', 'scene', 'item', 'event', 'note'].filter(type => !known.some(one => one.label === type)).map(label => ({ label, description: '' }));
    const type = wanted ?? (await vscode.window.showQuickPick([...known, ...usual], { title: 'What shall be new?', placeHolder: 'A character, a place, a scene…' }))?.label;
    const name = type === undefined ? undefined : (await vscode.window.showInputBox({ title: `The new ${type}’s name`, ignoreFocusOut: true }))?.trim();
    if (type === undefined || !name) {
      return;
    }
    const root = await rootOf(at);
    const inOrder = type === 'scene' || type === 'chapter';
    // The bible has no scenes and no chapters: they are the manuscript.
    const uris = inOrder
      ? placesOf(await this.data.ask<Manuscript>('storylsp/manuscript').catch(() => undefined), type)
      : bible.types.find(one => one.type === type)?.containers.map(one => one.uri) ?? [];
    const base = vscode.workspace.asRelativePath(root, false);
    const under = base === root.fsPath || base === '' ? '' : `${base}/`;
    const siblings = uris.map(one => vscode.workspace.asRelativePath(this.data.uri(one), false)).map(one => one.startsWith(under) ? one.slice(under.length) : one);
    const file = fileFor(type, name, inOrder ? lastFolder(siblings) : siblings, bible.types.find(one => one.type === type)?.title);
    const uri = vscode.Uri.joinPath(root, file.path);
    if (await exists(uri)) {
      void vscode.window.showInformationMessage(`${file.path} is there already. It was opened, and nothing in it was changed.`);
    } else {
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(file.text));
      await done('thing');
    }
    const editor = await vscode.window.showTextDocument(uri);
    const end = editor.document.positionAt(editor.document.getText().length);
    editor.selection = new vscode.Selection(end, end);
  }

  private async show(folder: vscode.Uri): Promise<void> {
    const scene = vscode.Uri.joinPath(folder, firstScene);
    if (await exists(scene)) {
      await vscode.window.showTextDocument(scene);
    }
    await vscode.commands.executeCommand('storylsp.manuscript.focus');
  }

  /** Why it did not come to be; undefined: it did. */
  private async initialise(folder: string): Promise<string | undefined> {
    const found = this.program();
    if ('problem' in found) {
      return found.problem;
    }
    return new Promise(resolve => execFile(found.command, ['init', folder], { timeout: 30_000 }, (error, _, said) =>
      resolve(error === null ? undefined : said.trim() === '' ? `The story could not be begun in ${folder}: ${error.message}` : said.trim())));
  }
}

/** The nearest folder above with a story.yaml, else the opened folder. */
async function rootOf(uri: vscode.Uri): Promise<vscode.Uri> {
  const top = vscode.workspace.getWorkspaceFolder(uri)?.uri ?? uri;
  for (let folder = uri; ; folder = vscode.Uri.joinPath(folder, '..')) {
    if (folder.path === top.path || folder.path === '/' || await exists(vscode.Uri.joinPath(folder, 'story.yaml'))) {
      return folder;
    }
  }
}
