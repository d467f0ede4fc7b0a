// Starts `botiquette lsp` and hands it the files that may be a bot's configuration. All else is the server's.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

/** Languages whose files may be a bot's configuration. */
const LANGUAGES = ["yaml", "json", "jsonc", "toml", "ini", "dotenv", "properties", "github-actions-workflow"];

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("botiquette.restart", restart),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("botiquette.path")) {
        await restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
  client = undefined;
}

async function restart(): Promise<void> {
  await deactivate();
  await start();
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("botiquette");
  const command = settings.get<string>("path") || "botiquette";
  const server: ServerOptions = { command, args: ["lsp"] };
  const options: LanguageClientOptions = {
    documentSelector: [
      ...LANGUAGES.map((language) => ({ scheme: "file", language })),
      { scheme: "file", pattern: "**/.env{,.*}" },
    ],
    initializationOptions: { hints: settings.get<boolean>("hints") ?? false },
    synchronize: { configurationSection: "botiquette" },
  };
  client = new LanguageClient("botiquette", "botiquette", server, options);
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const said = error instanceof Error ? error.message : String(error);
    const choice = await vscode.window.showErrorMessage(
      `botiquette could not be started as \`${command}\`: ${said}`,
      "Open settings",
    );
    if (choice !== undefined) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "botiquette.path");
    }
  }
}
