import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CodeAction,
  type Command,
  type Diagnostic,
  type ProtocolConnection,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import { installed, ownEnvironment } from "./consumer.ts";

/** What VS Code sends for a workspace without settings of its own; the server expects every field. */
const settingsFor = (root: string): object => ({
  validate: "on",
  packageManager: "npm",
  useESLintClass: true,
  useFlatConfig: null,
  experimental: {},
  codeAction: { disableRuleComment: { enable: true, location: "separateLine", commentStyle: "line" }, showDocumentation: { enable: true } },
  codeActionOnSave: { mode: "all" },
  format: false,
  quiet: false,
  onIgnoredFiles: "off",
  options: {},
  rulesCustomizations: [],
  run: "onType",
  problems: { shortenToSingleLine: false },
  nodePath: null,
  workspaceFolder: { name: path.basename(root), uri: uriOf(root) },
});

const uriOf = (file: string): string => pathToFileURL(file).href;

interface OpenFile {
  version: number;
  text: string;
}

/** As much of an editor as a test needs: files that are open, and what it asks of the ESLint language server about them. */
export class Editor {
  readonly #root: string;
  readonly #server: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #open = new Map<string, OpenFile>();

  private constructor(root: string) {
    this.#root = root;
    const bin = path.join(installed("vscode-langservers-extracted", "tests/everywhere"), "bin/vscode-eslint-language-server");
    this.#server = spawn(process.execPath, [bin, "--stdio"], { cwd: root, env: ownEnvironment(), stdio: ["pipe", "pipe", "inherit"] });
    const { stdout, stdin } = this.#server;
    if (!stdout || !stdin) throw new Error("The server has no pipes.");
    this.#connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  }

  /** Starts the server for a workspace of one folder. */
  static async start(root: string): Promise<Editor> {
    const editor = new Editor(root);
    const connection = editor.#connection;
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => settingsFor(root)));
    connection.onRequest("client/registerCapability", () => null);
    connection.onRequest("workspace/diagnostic/refresh", () => null);
    connection.onRequest("workspace/applyEdit", ({ edit }: { edit: WorkspaceEdit }) => ({ applied: editor.#apply(edit) }));
    // problems of the server's own: no library, no configuration, a configuration that can't be read
    for (const request of ["eslint/noLibrary", "eslint/noConfig", "eslint/probeFailed"]) {
      connection.onRequest(request, (params) => {
        throw new Error(`${request} ${JSON.stringify(params)}`);
      });
    }
    connection.onNotification("window/logMessage", ({ type, message }: { type: number; message: string }) => {
      if (type <= 2) console.error(message);
    });
    connection.listen();
    await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: uriOf(root),
      workspaceFolders: [{ name: path.basename(root), uri: uriOf(root) }],
      capabilities: {
        workspace: { applyEdit: true, configuration: true, workspaceFolders: true, workspaceEdit: { documentChanges: true } },
        textDocument: {
          diagnostic: {},
          publishDiagnostics: { codeDescriptionSupport: true },
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } } },
        },
      },
    });
    await connection.sendNotification("initialized", {});
    return editor;
  }

  async stop(): Promise<void> {
    await this.#connection.sendRequest("shutdown");
    await this.#connection.sendNotification("exit");
    this.#connection.dispose();
    this.#server.kill();
  }

  /** Opens a file of the folder, unless it is open. */
  open(file: string): void {
    if (this.#open.has(file)) return;
    const text = readFileSync(path.join(this.#root, file), "utf8");
    this.#open.set(file, { version: 1, text });
    const languageId = file.endsWith("x") ? "typescriptreact" : "typescript";
    void this.#connection.sendNotification("textDocument/didOpen", { textDocument: { uri: this.#uri(file), languageId, version: 1, text } });
  }

  /** What is written in the editor, saved or not. */
  text(file: string): string {
    return this.#opened(file).text;
  }

  /** Changes an open file to `text`, without saving it. */
  type(file: string, text: string): void {
    const open = this.#opened(file);
    open.text = text;
    open.version++;
    void this.#connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.#uri(file), version: open.version },
      contentChanges: [{ text }],
    });
  }

  /** Asks for the findings of an open file, as the editor does when it is opened, edited or shown again. */
  async diagnostics(file: string): Promise<Diagnostic[]> {
    const report = await this.#connection.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
      textDocument: { uri: this.#uri(file) },
    });
    return report.items;
  }

  /** What the light bulb at a finding offers. */
  async quickFixes(file: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
    const actions = await this.#connection.sendRequest<CodeAction[] | null>("textDocument/codeAction", {
      textDocument: { uri: this.#uri(file) },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic], triggerKind: 1 },
    });
    return actions ?? [];
  }

  /** Chooses from the light bulb, and waits until the edit has been made. */
  async choose(file: string, diagnostic: Diagnostic, title: RegExp): Promise<void> {
    const actions = await this.quickFixes(file, diagnostic);
    const action = actions.find((candidate) => title.test(candidate.title));
    if (!action) throw new Error(`No action ${String(title)}: ${actions.map((candidate) => candidate.title).join(", ")}`);
    if (action.edit) this.#apply(action.edit);
    const command: Command | undefined = action.command;
    if (command) await this.#connection.sendRequest("workspace/executeCommand", { command: command.command, arguments: command.arguments });
  }

  /** Saves, with `"editor.codeActionsOnSave": { "source.fixAll.eslint": "explicit" }`. */
  async save(file: string): Promise<void> {
    const { text } = this.#opened(file);
    const lines = text.split("\n");
    const actions = await this.#connection.sendRequest<CodeAction[] | null>("textDocument/codeAction", {
      textDocument: { uri: this.#uri(file) },
      range: { start: { line: 0, character: 0 }, end: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 } },
      context: { diagnostics: [], only: ["source.fixAll.eslint"], triggerKind: 1 },
    });
    for (const { edit } of actions ?? []) if (edit) this.#apply(edit);
    writeFileSync(path.join(this.#root, file), this.text(file));
    await this.#connection.sendNotification("textDocument/didSave", { textDocument: { uri: this.#uri(file) } });
  }

  #uri(file: string): string {
    return uriOf(path.join(this.#root, file));
  }

  #opened(file: string): OpenFile {
    const open = this.#open.get(file);
    if (!open) throw new Error(`${file} is not open`);
    return open;
  }

  #apply({ changes = {}, documentChanges = [] }: WorkspaceEdit): boolean {
    const edits = new Map(Object.entries(changes));
    for (const change of documentChanges) if ("edits" in change) edits.set(change.textDocument.uri, change.edits as TextEdit[]);
    for (const file of this.#open.keys()) {
      const list = edits.get(this.#uri(file));
      if (list) this.type(file, edited(this.text(file), list));
    }
    return edits.size > 0;
  }
}

/** Applies edits, all of which are told in positions of the text as it was. */
function edited(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split("\n");
  const offset = ({ line, character }: { line: number; character: number }): number =>
    lines.slice(0, line).reduce((sum, before) => sum + before.length + 1, 0) + character;
  let result = text;
  for (const { range, newText } of [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start))) {
    result = result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end));
  }
  return result;
}
