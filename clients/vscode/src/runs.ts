import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ChatModel, Pipeline, RunNote, RunStatus, RunSummary } from './protocol.js';
import type { ServerCalls } from './server-calls.js';
import { exists } from './stories.js';

const open: readonly RunStatus[] = ['queued', 'running', 'paused'];

/** VS Code opens the preview with nothing ticked, and applies nothing then. */
export const reviewHint = '$(checklist) The proposal opens in Refactor Preview: tick what you accept, then Apply';

type Shown = Omit<RunNote, 'text'> & { readonly said: string };

/** The runs of pipelines: the item in the status bar, and the commands about them. */
export class Runs implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('storylsp.run', vscode.StatusBarAlignment.Left, 9);
  /** The runs that are not over, the latest news last. */
  private readonly runs = new Map<string, Shown>();

  constructor(private readonly server: ServerCalls) {
    this.item.name = 'StoryLsp: pipelines';
    this.item.command = 'storylsp.showRun';
  }

  /** What the status bar says of the runs; undefined where there is none. */
  get shown(): string | undefined {
    return this.runs.size === 0 ? undefined : this.item.text;
  }

  connect(client: LanguageClient): void {
    client.onNotification('storylsp/run', (note: RunNote) => this.note(note));
  }

  /** What waits since the last time is shown again. */
  async started(client: LanguageClient): Promise<void> {
    const answer = await client.sendRequest<{ runs: readonly RunSummary[] }>('storylsp/runs', { uri: this.server.story() });
    for (const run of answer.runs.filter(one => open.includes(one.status)).reverse()) {
      this.note(run);
    }
  }

  clear(): void {
    this.runs.clear();
    this.show();
  }

  dispose(): void {
    this.item.dispose();
  }

  /** Offers the pipelines, or takes the one that is named, and starts it where the cursor stands. */
  async run(name?: string): Promise<void> {
    const pipelines = (await this.server.ask<{ pipelines: readonly Pipeline[] }>('storylsp/pipelines'))?.pipelines;
    const pipeline = name === undefined ? await choosePipeline(pipelines ?? []) : pipelines?.find(one => one.name === name);
    const input = pipeline === undefined ? undefined : await this.inputOf(pipeline);
    if (pipeline !== undefined && input !== undefined) {
      await this.server.command('storylsp.run', { pipeline: pipeline.name, ...input });
    }
  }

  async resume(id?: string): Promise<void> {
    const run = id !== undefined ? { run: id } : await this.choose('Which run shall go on?', ['paused', 'interrupted', 'failed'], 'No run waits to go on.');
    if (run !== undefined) {
      await this.server.command('storylsp.resume', { run: run.run });
    }
  }

  async cancel(id?: string): Promise<void> {
    const run = await this.choose('Which run shall be cancelled?', open, 'No run is under way.', id);
    if (run !== undefined) {
      await this.server.command(run.status === 'paused' ? 'storylsp.drop' : 'storylsp.cancel', { run: run.run });
    }
  }

  /** What a click on the status bar offers: the run that it shows. */
  async showRun(): Promise<void> {
    const run = [...this.runs.values()].at(-1);
    if (run === undefined) {
      return;
    }
    const choices = [
      run.prompt === undefined ? undefined : { label: '$(go-to-file) Open the prompt', does: () => vscode.window.showTextDocument(vscode.Uri.parse(run.prompt ?? '', true)) },
      run.status !== 'paused' ? undefined : { label: '$(play) Run', does: () => this.server.command('storylsp.resume', { run: run.run }) },
      run.status !== 'paused' ? undefined : { label: '$(trash) Drop', does: () => this.server.command('storylsp.drop', { run: run.run }) },
      run.status === 'paused' ? undefined : { label: '$(debug-stop) Cancel', does: () => this.server.command('storylsp.cancel', { run: run.run }) },
    ].filter(choice => choice !== undefined);
    const picked = await vscode.window.showQuickPick(choices, { title: `${run.pipeline ?? run.run}: ${says(run)}` });
    await picked?.does();
  }

  /** The argument of Change model with the model that the writer chose; undefined: none. */
  async withModel(argument: { readonly run: string; readonly model?: string }): Promise<object | undefined> {
    if (argument.model !== undefined) {
      return argument;
    }
    const answer = await this.server.ask<{ provider: string; current?: string; models: readonly ChatModel[] }>('storylsp/models');
    if (answer === undefined) {
      return undefined;
    }
    const other = { label: 'Another…', description: 'type its name', id: undefined };
    const models = answer.models.map(({ id, name }) => ({ label: name, description: id === answer.current ? `${id} (now)` : id, id }));
    const picked = await vscode.window.showQuickPick([...models, other], { title: `Which model of ${answer.provider}?` });
    const model = picked === other ? (await vscode.window.showInputBox({ title: `The model’s name at ${answer.provider}` }))?.trim() : picked?.id;
    return model ? { ...argument, model } : undefined;
  }

  /** Executes a command about the prompt of a run. The prompt is saved before, so that its file says what is sent, and closed after, if the server took it away. */
  async aboutPrompt(run: string, execute: () => Promise<unknown>): Promise<unknown> {
    const prompt = vscode.workspace.textDocuments.find(document => !document.isClosed && document.uri.path.endsWith(`/.story/runs/${run}/prompt.md`));
    if (prompt?.isDirty === true) {
      await prompt.save();
    }
    const answer = await execute();
    if (prompt !== undefined && !prompt.isDirty && !await exists(prompt.uri)) {
      const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
      await vscode.window.tabGroups.close(tabs.filter(tab => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === prompt.uri.toString()));
    }
    return answer;
  }

  private note(note: RunNote): void {
    const before = this.runs.get(note.run);
    if (before === undefined && note.status === 'running' && note.text !== undefined) {
      return; // Words that were under way when the run was cancelled.
    }
    this.runs.delete(note.run);
    if (before !== undefined && note.status === 'done' && note.proposal !== undefined) {
      vscode.window.setStatusBarMessage(reviewHint, 20_000);
    }
    if (open.includes(note.status)) {
      const { text, ...rest } = note;
      this.runs.set(note.run, { ...before, ...rest, said: ((before?.said ?? '') + (text ?? '')).slice(-300) });
    }
    this.show();
  }

  private show(): void {
    const run = [...this.runs.values()].at(-1);
    if (run === undefined) {
      this.item.hide();
      return;
    }
    const icon = run.status === 'paused' ? '$(debug-pause)' : '$(loading~spin)';
    this.item.text = `${icon} ${run.pipeline ?? 'pipeline'}: ${says(run)}`;
    this.item.tooltip = run.said === '' ? run.message ?? says(run) : `…${run.said}`;
    this.item.show();
  }

  private async inputOf(pipeline: Pipeline): Promise<object | undefined> {
    if (pipeline.input === 'text') {
      const text = await vscode.window.showInputBox({ title: pipeline.title, prompt: pipeline.description, ignoreFocusOut: true });
      return text === undefined || text.trim() === '' ? undefined : { uri: this.server.story(), text };
    }
    const editor = vscode.window.activeTextEditor;
    if (pipeline.input === 'story' || (pipeline.input === 'findings' && editor === undefined)) {
      return { uri: this.server.story() };
    }
    if (editor === undefined || editor.document.uri.scheme !== 'file') {
      void vscode.window.showInformationMessage(`“${pipeline.title}” works on a ${pipeline.input}: open it and put the cursor into it.`);
      return undefined;
    }
    const { start, end } = editor.selection;
    const range = pipeline.input === 'findings' && editor.selection.isEmpty ? undefined : { start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } };
    return { uri: this.server.uriOf(editor.document.uri), ...(range === undefined ? {} : { range }) };
  }

  private async choose(title: string, statuses: readonly RunStatus[], none: string, id?: string): Promise<RunSummary | undefined> {
    const answer = await this.server.ask<{ runs: readonly RunSummary[] }>('storylsp/runs');
    const found = answer?.runs.filter(run => statuses.includes(run.status) && (id === undefined || run.run === id)) ?? [];
    // What is at work goes before what waits.
    const atWork = found.filter(run => run.status === 'running' || run.status === 'queued');
    const runs = atWork.length > 0 ? atWork : found;
    if (runs.length === 0) {
      if (answer !== undefined) {
        void vscode.window.showInformationMessage(none);
      }
      return undefined;
    }
    const items = runs.map(run => ({ label: run.pipeline, description: run.status, detail: [run.input, run.started, run.run].filter(Boolean).join(' · '), run }));
    return runs.length === 1 ? runs[0] : (await vscode.window.showQuickPick(items, { title }))?.run;
  }
}

async function choosePipeline(pipelines: readonly Pipeline[]): Promise<Pipeline | undefined> {
  const items = pipelines.map(pipeline => ({
    label: pipeline.title,
    description: pipeline.path ?? pipeline.name,
    detail: pipeline.description,
    pipeline,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Which pipeline?', matchOnDescription: true, matchOnDetail: true }))?.pipeline;
}

function says(run: Omit<RunNote, 'text'>): string {
  switch (run.status) {
    case 'paused': return 'waits for you';
    case 'queued': return 'waits for its turn';
    default: return run.words === undefined || run.words === 0 ? run.kind ?? 'running' : `${run.words} words`;
  }
}
