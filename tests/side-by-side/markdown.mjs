// Runs vscode-markdown-languageservice over a folder of notes, without an editor and without a wire, and prints what it found and how long it took.
//   node markdown.mjs check ROOT              the diagnostics of all links of all notes
//   node markdown.mjs ask ROOT FILE ROUNDS    questions about one note, each after an edit
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import MarkdownIt from 'markdown-it';
import * as md from 'vscode-markdown-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';

const [mode, root, file, rounds] = process.argv.slice(2);
const none = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };

class Emitter {
  listeners = [];
  event = (listener, owner) => { this.listeners.push(listener.bind(owner)); return { dispose() {} }; };
  fire(value) { for (const listener of this.listeners) listener(value); }
}

class Notes {
  documents = new Map();
  changed = new Emitter();
  created = new Emitter();
  deleted = new Emitter();
  workspaceFolders = [URI.file(root)];
  onDidChangeMarkdownDocument = this.changed.event;
  onDidCreateMarkdownDocument = this.created.event;
  onDidDeleteMarkdownDocument = this.deleted.event;

  constructor() {
    this.read(root);
  }

  read(folder) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.')) this.read(path);
      } else if (path.endsWith('.md')) {
        const uri = URI.file(path);
        this.documents.set(uri.toString(), TextDocument.create(uri.toString(), 'markdown', 1, readFileSync(path, 'utf8')));
      }
    }
  }

  async getAllMarkdownDocuments() { return this.documents.values(); }
  hasMarkdownDocument(uri) { return this.documents.has(uri.toString()); }
  async openMarkdownDocument(uri) { return this.documents.get(uri.toString()); }
  async stat(uri) {
    try { return { isDirectory: statSync(uri.fsPath).isDirectory() }; } catch { return undefined; }
  }
  async readDirectory(uri) {
    return readdirSync(uri.fsPath, { withFileTypes: true }).map(entry => [entry.name, { isDirectory: entry.isDirectory() }]);
  }
}

const notes = new Notes();
const parser = new MarkdownIt({ html: true });
const service = md.createLanguageService({
  workspace: notes,
  parser: { slugifier: md.githubSlugifier, tokenize: async document => parser.parse(document.getText(), {}) },
  logger: { level: 0, log() {} },
});

if (mode === 'check') {
  const error = md.DiagnosticLevel.error;
  const options = {
    validateReferences: error, validateFragmentLinks: error, validateFileLinks: error, validateMarkdownFileLinkFragments: error,
    validateUnusedLinkDefinitions: md.DiagnosticLevel.ignore, validateDuplicateLinkDefinitions: md.DiagnosticLevel.ignore, ignoreLinks: [],
  };
  const places = [];
  for (const document of notes.documents.values()) {
    const file = relative(root, URI.parse(document.uri).fsPath).replaceAll('\\', '/');
    for (const diagnostic of await service.computeDiagnostics(document, options, none)) places.push(`${file}:${diagnostic.range.start.line}`);
  }
  console.log(JSON.stringify({ files: notes.documents.size, places }));
} else {
  const uri = URI.file(file);
  const questions = {
    'textDocument/documentSymbol': document => service.getDocumentSymbols(document, {}, none),
    'textDocument/references': document => service.getReferences(document, { line: 2, character: 6 }, { includeDeclaration: true }, none),
    'workspace/symbol': () => service.getWorkspaceSymbols('part 1', none),
  };
  const result = {};
  let version = 1;
  for (const [name, ask] of Object.entries(questions)) {
    const times = [];
    let found = 0;
    for (let i = 0; i < Number(rounds) + 5; i++) {
      const before = notes.documents.get(uri.toString());
      const document = TextDocument.create(uri.toString(), 'markdown', ++version, before.getText() + 'x');
      notes.documents.set(uri.toString(), document);
      notes.changed.fire(document);
      const start = performance.now();
      found = (await ask(document)).length;
      if (i >= 5) times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    result[name] = { median: times[times.length >> 1], found };
  }
  console.log(JSON.stringify(result));
}
service.dispose();
