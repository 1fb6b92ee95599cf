import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

/** The command line, as the settings have it. */
function server(): ServerOptions {
  const settings = vscode.workspace.getConfiguration('recoupe');
  const args = ['lsp'];
  if (settings.get<boolean>('notes')) {
    args.push('--notes');
  }
  for (const folder of settings.get<string[]>('rules') ?? []) {
    args.push('--rules', folder);
  }
  const messages = settings.get<string>('messages');
  if (messages) {
    args.push('--ui-lang', messages);
  }
  const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return { command: settings.get<string>('path') || 'recoupe', args, options: { cwd } };
}

async function start(): Promise<void> {
  const options: LanguageClientOptions = {
    // Drafts, also those never saved; rule files and configurations are among the YAML.
    documentSelector: [
      { language: 'markdown' },
      { language: 'plaintext' },
      { language: 'html' },
      { language: 'yaml', scheme: 'file' },
    ],
  };
  client = new LanguageClient('recoupe', 'recoupe', server(), options);
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(`recoupe did not start: ${error}. Set recoupe.path to where it is installed.`);
  }
}

async function restart(): Promise<void> {
  await client?.stop().catch(() => undefined);
  await start();
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand('recoupe.restart', restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('recoupe')) {
        void restart();
      }
    }),
  );
  await start();
}

export function deactivate(): Thenable<void> | undefined {
  return client?.stop();
}
