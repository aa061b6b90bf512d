import * as vscode from 'vscode';
import {
  CancellationToken, LanguageClient, State, TransportKind,
  type ExecuteCommandSignature, type LanguageClientOptions, type ServerOptions, type StaticFeature,
} from 'vscode-languageclient/node';
import { History } from './history.js';
import { Keys } from './keys.js';
import { ChatBridge } from './models.js';
import { Proposals } from './proposals.js';
import type { Places } from './protocol.js';
import { reviewHint, Runs } from './runs.js';
import { ServerCalls, tell } from './server-calls.js';
import { findServer } from './server.js';
import { StatusItem, type ServerState } from './status.js';

/** What `activate` gives to other extensions and to the tests. */
export interface StoryLspApi {
  state(): ServerState;
  serverVersion(): string | undefined;
  /** What the status bar says of the runs of pipelines; undefined where there is none. */
  runs(): string | undefined;
}

/** The commands that ask a model. */
const withModels = ['storylsp.run', 'storylsp.resume', 'storylsp.changeModel', 'storylsp.synopsis'];
const languages = ['yaml', 'markdown', 'fountain'];

/** What this editor can beyond the standard; EXTENSIONS.md says what each word means. */
const whatWeCan: StaticFeature = {
  fillClientCapabilities: capabilities => {
    capabilities.experimental = { ...capabilities.experimental as object | undefined, storylsp: { chat: true, secrets: true, documents: true, ticks: true, showPlaces: true } };
  },
  initialize: () => { },
  getState: () => ({ kind: 'static' }),
  clear: () => { },
};

let session: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<StoryLspApi> {
  const own = new Session(context);
  session = own;
  context.subscriptions.push(
    own,
    vscode.commands.registerCommand('storylsp.restartServer', () => own.restart()),
    vscode.commands.registerCommand('storylsp.showLog', () => own.log.show()),
    vscode.commands.registerCommand('storylsp.showStatus', () => own.showStatus()),
    vscode.commands.registerCommand('storylsp.runPipeline', (name?: string) => own.runs.run(name)),
    vscode.commands.registerCommand('storylsp.draftSchema', () => own.runs.run('schema')),
    vscode.commands.registerCommand('storylsp.draftPipeline', () => own.runs.run('pipeline')),
    vscode.commands.registerCommand('storylsp.resumeRun', () => own.runs.resume()),
    vscode.commands.registerCommand('storylsp.cancelRun', () => own.runs.cancel()),
    vscode.commands.registerCommand('storylsp.showRun', () => own.runs.showRun()),
    vscode.commands.registerCommand('storylsp.showProposals', () => own.proposals.list()),
    vscode.commands.registerCommand('storylsp.compareProposal', (id: string) => own.proposals.compare(id)),
    vscode.commands.registerCommand('storylsp.showHistory', () => own.history.show()),
    vscode.commands.registerCommand('storylsp.showPlaces', (argument: Places) => own.showPlaces(argument)),
    vscode.commands.registerCommand('storylsp.retcon', () => own.retcon()),
    vscode.commands.registerCommand('storylsp.setKey', () => own.keys.set()),
    vscode.commands.registerCommand('storylsp.forgetKey', () => own.keys.forget()),
    vscode.workspace.registerTextDocumentContentProvider(Proposals.scheme, own.proposals),
    vscode.workspace.onDidGrantWorkspaceTrust(() => own.restart()),
    vscode.workspace.onDidChangeConfiguration(change => change.affectsConfiguration('storylsp.server') ? own.restart() : undefined),
  );
  await own.restart();
  return { state: () => own.status.state, serverVersion: () => own.serverVersion, runs: () => own.runs.shown };
}

export async function deactivate(): Promise<void> {
  await session?.stop();
  session = undefined;
}

/** The one server of this window. Starts and stops follow each other, however fast they are asked for. */
class Session implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('StoryLsp', { log: true });
  readonly status = new StatusItem();
  readonly server = new ServerCalls(() => this.client);
  readonly runs = new Runs(this.server);
  readonly proposals = new Proposals(() => this.client, this.server);
  readonly history = new History(this.server);
  readonly keys: Keys;
  private readonly chat: ChatBridge;
  private client: LanguageClient | undefined;
  private command: string | undefined;
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly context: vscode.ExtensionContext) {
    this.keys = new Keys(context);
    this.chat = new ChatBridge(context);
  }

  get serverVersion(): string | undefined {
    return this.client?.initializeResult?.serverInfo?.version;
  }

  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.stopClient();
      await this.startClient();
    });
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.stopClient());
  }

  dispose(): void {
    this.status.dispose();
    this.runs.dispose();
    this.proposals.dispose();
    this.log.dispose();
  }

  async showStatus(): Promise<void> {
    const state = this.status.state;
    const folders = (vscode.workspace.workspaceFolders ?? []).map(folder => folder.name).join(', ');
    const facts = [
      `Story server: ${state}`,
      state === 'stopped' ? undefined : `version ${this.serverVersion ?? 'unknown'}`,
      folders === '' ? 'no folder open' : `workspace: ${folders}`,
      this.command === undefined ? undefined : `program: ${this.command}`,
    ];
    const answer = await vscode.window.showInformationMessage(facts.filter(fact => fact !== undefined).join(' · '), 'Show Log', 'Restart Server');
    if (answer === 'Show Log') {
      this.log.show();
    } else if (answer === 'Restart Server') {
      await this.restart();
    }
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

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step).catch(error => this.log.error(error instanceof Error ? error : String(error)));
    return this.queue;
  }

  private async startClient(): Promise<void> {
    const settings = vscode.workspace.getConfiguration('storylsp');
    const found = findServer({
      setting: settings.get('server.path', ''),
      folder: vscode.workspace.workspaceFolders?.find(folder => folder.uri.scheme === 'file')?.uri.fsPath,
      extension: this.context.extensionPath,
      searchPath: process.env['PATH'] ?? '',
    });
    if ('problem' in found) {
      this.command = undefined;
      this.report(found.problem);
      return;
    }
    this.command = found.command;
    this.status.setRunning('starting');
    this.log.info(`Starting ${found.command}`);
    const executable = { command: found.command, args: settings.get<string[]>('server.arguments', []), transport: TransportKind.stdio };
    const server: ServerOptions = { run: executable, debug: executable };
    const client = new LanguageClient('storylsp', 'StoryLsp', server, this.clientOptions());
    this.client = client;
    client.registerFeature(whatWeCan);
    for (const part of [this.chat, this.keys, this.runs, this.proposals]) {
      part.connect(client);
    }
    client.onDidChangeState(change => {
      if (this.client === client) {
        this.status.setRunning(change.newState === State.Running ? 'ready' : change.newState === State.Starting ? 'starting' : 'stopped');
      }
    });
    try {
      await client.start();
      await this.offerPipelines(client.initializeResult?.capabilities.executeCommandProvider?.commands ?? []);
    } catch (error) {
      this.report(`The StoryLsp server ${found.command} did not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async stopClient(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.runs.clear();
    await this.offerPipelines(undefined);
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
        executeCommand: (command, values, next) => this.execute(command, values, next),
        handleRegisterCapability: async (params, next) => {
          await next(params, CancellationToken.None);
          const command = params.registrations.find(one => one.method === 'workspace/executeCommand');
          if (command !== undefined) {
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
    const send = () => Promise.resolve(next(command, given)).catch(tell);
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
