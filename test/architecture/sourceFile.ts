// Reads a source file of any kind that src holds as one TypeScript syntax tree: .ts as it is, .svelte by its script blocks.
import { parse } from 'svelte/compiler';
import ts from 'typescript';

export interface Source {
  /** Relative to src, with forward slashes: `app/App.svelte`. */
  readonly path: string;
  readonly text: string;
}

export function syntaxTree({ path, text }: Source): ts.SourceFile {
  const code = path.endsWith('.svelte') ? scriptsOf(text).join('\n') : text;
  return ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

/** What stands outside a component's script blocks; empty for a .ts file. */
export function markupOf({ path, text }: Source): string {
  if (!path.endsWith('.svelte')) return '';
  return scriptsOf(text).reduce((rest, script) => rest.replace(script, () => ''), text);
}

function scriptsOf(text: string): string[] {
  const { module, instance } = parse(text, { modern: true });
  const scripts = [module, instance].flatMap((script) => script ?? []);
  return scripts.map(({ start, end }) => contentOf(text.slice(start, end)));
}

function contentOf(script: string): string {
  const opening = /^<script(?:"[^"]*"|'[^']*'|[^>"'])*>/.exec(script)?.[0] ?? '';
  return script.slice(opening.length, script.lastIndexOf('</script'));
}

export function nodesOf(root: ts.Node): ts.Node[] {
  const nodes = [root];
  ts.forEachChild(root, (child) => void nodes.push(...nodesOf(child)));
  return nodes;
}
