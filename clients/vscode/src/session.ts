import * as vscode from 'vscode';
import {
  CancellationToken, LanguageClient, State, TransportKind,
  type ExecuteCommandSignature, type LanguageClientOptions, type MessageSignature, type ServerOptions, type StaticFeature,
} from 'vscode-languageclient/node';
import { done } from './first-steps.js';
import { History } from './history.js';
import { Keys } from './keys.js';
import { ChatBridge } from './models.js';
import { Beginnings } from './new-story.js';
import { Panels } from './panels.js';
import { Proposals } from './proposals.js';
import type { Places } from './protocol.js';
import { Review } from './review.js';
import { reviewHint, Runs } from './runs.js';
import { ServerCalls, tell } from './server-calls.js';
import { findServer, type FoundServer } from './server.js';
import { isToldElsewhere } from './quiet.js';
import { StatusItem } from './status.js';
import { Stories } from './stories.js';
import { StoryData } from './story-data.js';
import { Trees } from './trees.js';

/** The commands that ask a model. */
const withModels = ['storylsp.run', 'storylsp.resume', 'storylsp.changeModel', 'storylsp.synopsis'];
const languages = ['yaml', 'markdown', 'fountain'];

/** What this editor can beyond the standard; EXTENSIONS.md says what each word means. */
const whatWeCan: StaticFeature = {
  fillClientCapabilities: capabilities => {
    capabilities.experimental = { ...capabilities.experimental as object | undefined, storylsp: { chat: true, secrets: true, documents: true, ticks: true, showPlaces: true, views: true } };
  },
  initialize: () => { },
  getState: () => ({ kind: 'static' }),
  clear: () => { },
};

/** A request that nobody has asked for in so many words (hints, lenses, the bulb) may fail: that is for the log, and no message over the text. What a writer has chosen (a refactoring, Format Document) is told in the server's words. */
class QuietClient extends LanguageClient {
  override handleFailedRequest<Answer>(type: MessageSignature, token: vscode.CancellationToken | undefined, error: unknown, otherwise: Answer): Answer {
    try {
      return super.handleFailedRequest(type, token, error, otherwise, false);
    } catch (thrown) {
      // Where it was cancelled or is out of date, something else is thrown.
      if (thrown === error && !isToldElsewhere(type.method)) {
        tell(error);
      }
      throw thrown;
    }
  }
}

/** The one server of this window. Starts and stops follow each other, however fast they are asked for. */
export class Session implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('StoryLsp', { log: true });
  readonly stories: Stories;
  readonly server: ServerCalls;
  readonly data: StoryData;
  readonly status: StatusItem;
  readonly trees: Trees;
  readonly panels: Panels;
  readonly beginnings: Beginnings;
  readonly runs: Runs;
  readonly proposals: Proposals;
  readonly review: Review;
  readonly history: History;
  readonly keys: Keys;
  private readonly chat: ChatBridge;
  private client: LanguageClient | undefined;
  private awake = false;
  /** Whether this server has registered commands by itself. */
  private registered = false;
  private command: string | undefined;
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly context: vscode.ExtensionContext) {
    const client = (): LanguageClient | undefined => this.client;
    this.stories = new Stories(context);
    this.server = new ServerCalls(client, this.stories);
    this.data = new StoryData(client, () => this.server.story());
    this.status = new StatusItem(this.data);
    this.trees = new Trees(this.data, uri => this.server.uriOf(uri));
    this.panels = new Panels(context.extensionUri, this.data);
    this.beginnings = new Beginnings(context, () => this.program(), this.data, this.stories);
    this.runs = new Runs(this.server);
    this.review = new Review(this.server, () => this.data.refresh());
    this.proposals = new Proposals(client, this.server, this.review);
    this.history = new History(this.server);
    this.keys = new Keys(context);
    this.chat = new ChatBridge(context);
  }

  get serverVersion(): string | undefined {
    return this.client?.initializeResult?.serverInfo?.version;
  }

  /** Starts the server where there is a story, and else rests: no process, nothing in the status bar. */
  async begin(): Promise<void> {
    if (await this.stories.found()) {
      await this.restart();
      await this.beginnings.afterOpening();
    } else {
      await this.enqueue(() => this.show(false));
    }
  }

  /** Starts the server if it has rested until now. */
  async wake(): Promise<void> {
    await this.enqueue(async () => {
      if (this.client === undefined) {
        await this.show(true);
        await this.startClient();
      }
    });
  }

  /** Starts the server anew, if it does not rest. */
  async restartIfAwake(): Promise<void> {
    if (this.awake) {
      await this.restart();
    }
  }

  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.show(true);
      await this.stopClient();
      await this.startClient();
    });
  }

  /** Reads the opened folder as it is, without a story.yaml, now and the next time. */
  async useFolder(): Promise<void> {
    await this.stories.takeAsItIs();
    await this.wake();
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.stopClient());
  }

  dispose(): void {
    this.trees.dispose();
    this.panels.dispose();
    this.status.dispose();
    this.data.dispose();
    this.stories.dispose();
    this.runs.dispose();
    this.proposals.dispose();
    this.review.dispose();
    this.log.dispose();
  }

  /** What is known of the story and its server, and what may be done. */
  async showStatus(): Promise<void> {
    const state = this.status.state;
    const folders = (vscode.workspace.workspaceFolders ?? []).map(folder => folder.name).join(', ');
    const program = [this.serverVersion === undefined ? undefined : `version ${this.serverVersion}`, this.command].filter(Boolean).join(' · ');
    const go = (command: string) => () => vscode.commands.executeCommand(command);
    const heading = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator, does: go('') });
    const choices = [
      ...this.status.facts.map(label => ({ label, does: go(/^(Story|This scene)/.test(label) ? 'storylsp.manuscript.focus' : label.startsWith('Findings') ? 'workbench.actions.view.problems' : label.startsWith('AI') ? 'storylsp.work.focus' : 'storylsp.bible.focus') })),
      heading('what to do'),
      { label: '$(refresh) Restart the server', detail: [`The story server is ${state}`, program].filter(Boolean).join(' · '), does: () => this.restart() },
      { label: '$(output) Show the log', does: () => this.log.show() },
      { label: '$(gear) Settings', does: () => vscode.commands.executeCommand('workbench.action.openSettings', '@ext:storylsp.storylsp') },
    ];
    const title = `Story server: ${state}${folders === '' ? '' : ` in ${folders}`}`;
    await (await vscode.window.showQuickPick(choices, { title }))?.does();
  }

  /** Shows what a lens counts, as references are shown. */
  async showPlaces({ uri, position, places }: Places): Promise<void> {
    const converter = this.client?.protocol2CodeConverter;
    if (converter !== undefined) {
      await vscode.commands.executeCommand('editor.action.showReferences', converter.asUri(uri), converter.asPosition(position), places.map(place => converter.asLocation(place)));
    }
  }

  /** What would change if the character at the cursor were born in another year: a proposal, which is reviewed. */
  async retcon(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor !== undefined) {
      const range = this.client?.code2ProtocolConverter.asRange(editor.selection);
      await this.server.command('storylsp.refactor', { name: 'retcon', uri: this.server.uriOf(editor.document.uri), range });
    }
  }

  /** Renames what stands at the cursor; where none does, says where to put it. */
  async renameHere(): Promise<void> {
    const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
    if (editor === undefined) {
      void vscode.window.showInformationMessage('Open a scene or a character first, put the cursor on a name, and press F2.');
      return;
    }
    await vscode.window.showTextDocument(editor.document, editor.viewColumn);
    await vscode.commands.executeCommand('editor.action.rename');
  }

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step).catch(error => this.log.error(error instanceof Error ? error : String(error)));
    return this.queue;
  }

  private program(): FoundServer {
    return findServer({
      setting: vscode.workspace.getConfiguration('storylsp').get('server.path', ''),
      folder: vscode.workspace.workspaceFolders?.find(folder => folder.uri.scheme === 'file')?.uri.fsPath,
      extension: this.context.extensionPath,
      searchPath: process.env['PATH'] ?? '',
    });
  }

  /** Whether the views show a story or how to begin one. */
  private async show(awake: boolean): Promise<void> {
    this.awake = awake;
    if (!awake) {
      this.status.hide();
    }
    await vscode.commands.executeCommand('setContext', 'storylsp.active', awake);
    await vscode.commands.executeCommand('setContext', 'storylsp.resting', !awake);
    if (awake) {
      await done('story');
    }
  }

  private async startClient(): Promise<void> {
    const found = this.program();
    if ('problem' in found) {
      this.command = undefined;
      this.report(found.problem);
      return;
    }
    this.command = found.command;
    this.status.setRunning('starting');
    this.log.info(`Starting ${found.command}`);
    const executable = { command: found.command, args: vscode.workspace.getConfiguration('storylsp').get<string[]>('server.arguments', []), transport: TransportKind.stdio };
    const server: ServerOptions = { run: executable, debug: executable };
    const client = new QuietClient('storylsp', 'StoryLsp', server, this.clientOptions());
    this.client = client;
    this.registered = false;
    client.registerFeature(whatWeCan);
    for (const part of [this.chat, this.keys, this.data, this.runs, this.proposals]) {
      part.connect(client);
    }
    client.onDidChangeState(change => {
      if (this.client === client) {
        this.status.setRunning(change.newState === State.Running ? 'ready' : change.newState === State.Starting ? 'starting' : 'stopped');
      }
    });
    try {
      await client.start();
      await vscode.commands.executeCommand('setContext', 'storylsp.ready', true);
      this.data.refresh();
      // A registration may have come first, and knows better.
      if (!this.registered) {
        await this.offerPipelines(client.initializeResult?.capabilities.executeCommandProvider?.commands ?? []);
      }
    } catch (error) {
      this.report(`The StoryLsp server ${found.command} did not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async stopClient(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.runs.clear();
    await this.offerPipelines(undefined);
    await vscode.commands.executeCommand('setContext', 'storylsp.ready', false);
    this.data.refresh();
    if (client !== undefined) {
      // A server that hangs must not keep the next one from starting; the client ends its process after this time.
      await client.dispose(2000).catch(error => this.log.warn(`The server did not end by itself: ${String(error)}`));
    }
    this.status.setRunning('stopped');
  }

  /** The palette has the commands about pipelines only where the server has them: `ai.enabled: false` takes them away. */
  private async offerPipelines(commands: readonly string[] | undefined): Promise<void> {
    const offered = vscode.workspace.isTrusted && (commands?.includes('storylsp.run') ?? false);
    await vscode.commands.executeCommand('setContext', 'storylsp.pipelines', offered);
    if (offered && this.client !== undefined) {
      await this.runs.started(this.client).catch(error => this.log.warn(`The runs could not be listed: ${String(error)}`));
    }
  }

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: [...languages.map(language => ({ scheme: 'file', language })), { scheme: Proposals.scheme, pattern: '**/proposal/*.md' }],
      outputChannel: this.log,
      synchronize: { configurationSection: 'storylsp' },
      initializationFailedHandler: () => false,
      middleware: {
        provideRenameEdits: async (document, position, name, token, next) => {
          const edit = await next(document, position, name, token);
          if (edit) {
            await done('rename');
          }
          return edit;
        },
        executeCommand: (command, values, next) => this.execute(command, values, next),
        handleRegisterCapability: async (params, next) => {
          await next(params, CancellationToken.None);
          const command = params.registrations.find(one => one.method === 'workspace/executeCommand');
          if (command !== undefined) {
            this.registered = true;
            await this.offerPipelines((command.registerOptions as { commands?: string[] } | undefined)?.commands);
          }
        },
        handleUnregisterCapability: async (params, next) => {
          await next(params, CancellationToken.None);
          if (params.unregisterations.some(one => one.method === 'workspace/executeCommand')) {
            await this.offerPipelines(undefined);
          }
        },
        handleWorkDoneProgress: (token, progress, next) => {
          if (progress.kind === 'begin') {
            this.status.beginWork(token, progress.title);
          } else if (progress.kind === 'end') {
            this.status.endWork(token);
          }
          next(token, progress);
        },
      },
    };
  }

  /** Executes a command of the server; what goes wrong is told in the server's own words. */
  private async execute(command: string, values: unknown[], next: ExecuteCommandSignature): Promise<unknown> {
    if (!vscode.workspace.isTrusted && withModels.includes(command)) {
      // The folder says to which model a prompt goes, so a folder that is not trusted gets none.
      void vscode.window.showWarningMessage('No pipeline runs in a folder that you do not trust. Trust it (Workspaces: Manage Workspace Trust), and start it again.');
      return undefined;
    }
    const { run } = (values[0] ?? {}) as { run?: string };
    let given = values;
    if (command === 'storylsp.changeModel') {
      const argument = await this.runs.withModel(values[0] as { run: string });
      if (argument === undefined) {
        return undefined;
      }
      given = [argument];
    }
    const refactoring = values[0] as { name?: string; born?: string } | undefined;
    if (command === 'storylsp.refactor' && refactoring?.name === 'retcon' && refactoring.born === undefined) {
      const born = (await vscode.window.showInputBox({ title: 'Born in which year, or on which day?', placeHolder: '1972', ignoreFocusOut: true }))?.trim();
      if (!born) {
        return undefined;
      }
      given = [{ ...refactoring, born }];
    }
    const send = () => Promise.resolve(next(command, given)).catch(tell).finally(() => this.data.refresh());
    if (run !== undefined && (command === 'storylsp.resume' || command === 'storylsp.drop')) {
      return this.runs.aboutPrompt(run, send);
    }
    const answered = send();
    if (command === 'storylsp.synopsis') {
      vscode.window.setStatusBarMessage(reviewHint, answered);
    }
    return answered;
  }

  private report(problem: string): void {
    this.status.setRunning('stopped');
    this.log.error(problem);
    void vscode.window.showErrorMessage(problem, 'Open Settings', 'Show Log').then(answer => {
      if (answer === 'Open Settings') {
        void vscode.commands.executeCommand('workbench.action.openSettings', 'storylsp.server');
      } else if (answer === 'Show Log') {
        this.log.show();
      }
    });
  }
}
