import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

const names = 'storylsp.keys';
const usual = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'AZURE_OPENAI_API_KEY'];

/** Keys of model providers in VS Code's secret storage, under the names that `ai.api_key_env` gives. They are never written to a file or a log. */
export class Keys {
  constructor(private readonly context: vscode.ExtensionContext) { }

  connect(client: LanguageClient): void {
    client.onRequest('storylsp/secret', async ({ name }: { name: string }): Promise<{ value: string | null }> => {
      // The folder says which key it wants, so only a folder that the writer trusts gets one.
      const value = vscode.workspace.isTrusted ? await this.context.secrets.get(place(name)) : undefined;
      return { value: value ?? null };
    });
  }

  async set(): Promise<void> {
    const name = await this.chooseName([...new Set([...this.stored(), ...usual])]);
    if (name === undefined) {
      return;
    }
    const value = await vscode.window.showInputBox({
      title: `The key ${name}`,
      prompt: 'It is kept in the secret storage of VS Code, and goes to the provider that story.yaml names, and nowhere else.',
      password: true,
      ignoreFocusOut: true,
    });
    if (value !== undefined && value.trim() !== '') {
      await this.context.secrets.store(place(name), value.trim());
      await this.context.globalState.update(names, [...new Set([...this.stored(), name])]);
      vscode.window.setStatusBarMessage(`$(key) The key ${name} is stored`, 5000);
    }
  }

  async forget(): Promise<void> {
    const stored = this.stored();
    if (stored.length === 0) {
      void vscode.window.showInformationMessage('No key is stored.');
      return;
    }
    const name = await vscode.window.showQuickPick(stored, { title: 'Which key shall be forgotten?' });
    if (name !== undefined) {
      await this.context.secrets.delete(place(name));
      await this.context.globalState.update(names, stored.filter(one => one !== name));
      vscode.window.setStatusBarMessage(`$(key) The key ${name} is forgotten`, 5000);
    }
  }

  private stored(): readonly string[] {
    return this.context.globalState.get<readonly string[]>(names, []);
  }

  private async chooseName(known: readonly string[]): Promise<string | undefined> {
    const other = 'Another name…';
    const picked = await vscode.window.showQuickPick([...known, other], { title: 'Which key? story.yaml names it in ai.api_key_env' });
    return picked === other
      ? (await vscode.window.showInputBox({ title: 'The name in ai.api_key_env', validateInput: name => /^\w+$/.test(name.trim()) ? undefined : 'Letters, digits and _ only' }))?.trim()
      : picked;
  }
}

function place(name: string): string {
  return `storylsp.key.${name}`;
}
