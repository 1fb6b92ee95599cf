import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions } from 'vscode-languageclient/node';

const NAME = process.platform === 'win32' ? 'recoupe.exe' : 'recoupe';

let client: LanguageClient | undefined;

/** Where the command may lie: as the settings say, else on the path, else where the ways to install it put it. */
function places(): string[] {
  const set = vscode.workspace.getConfiguration('recoupe').get<string>('path')?.trim();
  if (set && set !== 'recoupe') {
    return [set.startsWith('~') ? join(homedir(), set.slice(1)) : set];
  }
  const path = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const usual = [join(homedir(), '.cargo', 'bin'), join(homedir(), '.local', 'bin'), '/usr/local/bin', '/opt/homebrew/bin', '/usr/bin'];
  return [...path, ...usual].map((folder) => join(folder, NAME));
}

/** The command, and what it says of its version; nothing where it is nowhere. */
async function found(): Promise<{ command: string; version: string } | undefined> {
  for (const command of new Set(places())) {
    if (!existsSync(command)) {
      continue;
    }
    try {
      const { stdout } = await promisify(execFile)(command, ['--version'], { timeout: 10_000 });
      return { command, version: stdout.trim() };
    } catch {
      // Something else of that name, or for another machine.
    }
  }
  return undefined;
}

/** Says that there is no command, and how to get it. */
async function missing(): Promise<void> {
  const french = vscode.env.language.startsWith('fr');
  const words = french
    ? { says: 'recoupe est introuvable. Installez le programme, par exemple par « pipx install recoupe-….whl », ou dites où il est.', how: 'Comment l’installer', set: 'Dire où il est' }
    : { says: 'recoupe was not found. Install the program, for instance by “pipx install recoupe-….whl”, or say where it is.', how: 'How to install it', set: 'Say where it is' };
  const chosen = await vscode.window.showErrorMessage(words.says, words.how, words.set);
  if (chosen === words.set) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'recoupe.path');
  } else if (chosen === words.how) {
    await vscode.commands.executeCommand('extension.open', 'recoupe.recoupe');
  }
}

/** What stands behind the command. */
function args(): string[] {
  const settings = vscode.workspace.getConfiguration('recoupe');
  const out = ['lsp'];
  if (settings.get<boolean>('notes')) {
    out.push('--notes');
  }
  for (const folder of settings.get<string[]>('rules') ?? []) {
    out.push('--rules', folder);
  }
  const messages = settings.get<string>('messages');
  if (messages) {
    out.push('--ui-lang', messages);
  }
  return out;
}

async function start(): Promise<void> {
  const program = await found();
  if (!program) {
    // Not awaited: it stays until somebody answers.
    void missing();
    return;
  }
  const options: LanguageClientOptions = {
    // Drafts, also those never saved; rule files and configurations are among the YAML.
    documentSelector: [
      { language: 'markdown' },
      { language: 'plaintext' },
      { language: 'html' },
      { language: 'yaml', scheme: 'file' },
    ],
  };
  const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  client = new LanguageClient('recoupe', 'recoupe', { command: program.command, args: args(), options: { cwd } }, options);
  try {
    await client.start();
    client.info(`${program.version}: ${program.command}`);
  } catch (error) {
    client = undefined;
    void vscode.window.showErrorMessage(`recoupe: ${program.command}: ${error}`);
  }
}

async function restart(): Promise<void> {
  await client?.stop().catch(() => undefined);
  client = undefined;
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
