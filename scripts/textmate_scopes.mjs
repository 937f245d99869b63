// Reads samples (JSON: [{language, code}]) and writes them with the scopes that TextMate grammars give them, line
// by line as [start, end, "scope scope …"]: what derive_scopes.py learns from.
//
//   npm install vscode-textmate vscode-oniguruma
//   node scripts/textmate_scopes.mjs tm-grammars/package samples.json scopes.json

import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const [grammars, samples, output] = process.argv.slice(2);
const require = createRequire(path.join(process.cwd(), "package.json"));
const textmate = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const wasm = fs.readFileSync(path.join(path.dirname(require.resolve("vscode-oniguruma")), "onig.wasm"));
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));

const files = {};
const scopeNames = {};
for (const name of fs.readdirSync(path.join(grammars, "grammars"))) {
  const file = path.join(grammars, "grammars", name);
  const grammar = JSON.parse(fs.readFileSync(file));
  files[grammar.scopeName] = file;
  scopeNames[grammar.name] = grammar.scopeName;
}

const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) =>
    files[scope] ? textmate.parseRawGrammar(fs.readFileSync(files[scope], "utf8"), files[scope]) : null,
});

// vscode-textmate overlooks grammars that are included in captures alone.
async function loadGrammar(scope) {
  const text = fs.readFileSync(files[scope], "utf8");
  for (const [, other] of text.matchAll(/"include":\s*"((?:source|text)\.[\w.+-]+)/g))
    if (files[other]) await registry.loadGrammar(other);
  return registry.loadGrammar(scope);
}

function readLines(grammar, code) {
  let stack = textmate.INITIAL;
  return code.split("\n").map((line) => {
    const result = grammar.tokenizeLine(line, stack, 2000);
    stack = result.ruleStack;
    return result.tokens.map((t) => [t.startIndex, Math.min(t.endIndex, line.length), t.scopes.join(" ")]);
  });
}

const rows = [];
for (const { language, code } of JSON.parse(fs.readFileSync(samples))) {
  const grammar = scopeNames[language] && (await loadGrammar(scopeNames[language]));
  if (grammar) rows.push({ language, code, lines: readLines(grammar, code) });
}
fs.writeFileSync(output, JSON.stringify(rows));
