import * as vscode from 'vscode';
import { LanguageClient, State, TransportKind, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
import { findServer } from './server.js';
import { StatusItem, type ServerState } from './status.js';

/** What `activate` gives to other extensions and to the tests. */
export interface StoryLspApi {
  state(): ServerState;
  serverVersion(): string | undefined;
}

const languages = ['yaml', 'markdown', 'fountain'];

let session: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<StoryLspApi> {
  const own = new Session(context);
  session = own;
  context.subscriptions.push(
    own,
    vscode.commands.registerCommand('storylsp.restartServer', () => own.restart()),
    vscode.commands.registerCommand('storylsp.showLog', () => own.log.show()),
    vscode.commands.registerCommand('storylsp.showStatus', () => own.showStatus()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => own.restart()),
    vscode.workspace.onDidChangeConfiguration(change => change.affectsConfiguration('storylsp.server') ? own.restart() : undefined),
  );
  await own.restart();
  return { state: () => own.status.state, serverVersion: () => own.serverVersion };
}

export async function deactivate(): Promise<void> {
  await session?.stop();
  session = undefined;
}

/** The one server of this window. Starts and stops follow each other, however fast they are asked for. */
class Session implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('StoryLsp', { log: true });
  readonly status = new StatusItem();
  private client: LanguageClient | undefined;
  private command: string | undefined;
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly context: vscode.ExtensionContext) { }

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
    client.onDidChangeState(change => {
      if (this.client === client) {
        this.status.setRunning(change.newState === State.Running ? 'ready' : change.newState === State.Starting ? 'starting' : 'stopped');
      }
    });
    try {
      await client.start();
    } catch (error) {
      this.report(`The StoryLsp server ${found.command} did not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async stopClient(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client !== undefined) {
      // A server that hangs must not keep the next one from starting; the client ends its process after this time.
      await client.dispose(2000).catch(error => this.log.warn(`The server did not end by itself: ${String(error)}`));
    }
    this.status.setRunning('stopped');
  }

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: languages.map(language => ({ scheme: 'file', language })),
      outputChannel: this.log,
      synchronize: { configurationSection: 'storylsp' },
      initializationFailedHandler: () => false,
      middleware: {
        executeCommand: (command, values, next) => {
          const answered = Promise.resolve(next(command, values));
          if (command === 'storylsp.synopsis') {
            // VS Code opens the preview with nothing ticked, and applies nothing then.
            vscode.window.setStatusBarMessage('$(checklist) The proposal opens in Refactor Preview: tick what you accept, then Apply', answered.catch(() => undefined));
          }
          return answered;
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
