// Every way in which a source file names another one: imports, re-exports, dynamic imports, import types and worker URLs.
import ts from 'typescript';
import { markupOf, nodesOf, syntaxTree, type Source } from './sourceFile.ts';

export interface Import {
  readonly kind: 'import' | 'url';
  /** As written; undefined when it is computed, so that nobody can check it. */
  readonly specifier: string | undefined;
}

export function importsOf(source: Source): Import[] {
  const inScript = nodesOf(syntaxTree(source)).flatMap((node) => importAt(node) ?? []);
  // The script blocks are parsed; the markup is not, so an import there cannot be checked.
  const inMarkup = /\bimport\s*\(/.test(markupOf(source)) ? [computed('import')] : [];
  return [...inScript, ...inMarkup];
}

function importAt(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node)) return of('import', node.moduleSpecifier);
  if (ts.isExportDeclaration(node)) return node.moduleSpecifier && of('import', node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return of('import', node.expression);
  if (ts.isImportTypeNode(node)) return of('import', literalOf(node.argument));
  if (ts.isCallExpression(node)) return importCall(node);
  if (ts.isNewExpression(node) && isModuleUrl(node)) return of('url', node.arguments?.[0]);
  return undefined;
}

function importCall({ expression, arguments: [first] }: ts.CallExpression): Import | undefined {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return of('import', first);
  const callee = expression.getText();
  if (callee === 'require') return of('import', first);
  return callee === 'import.meta.glob' ? computed('import') : undefined;
}

function isModuleUrl({ expression, arguments: given }: ts.NewExpression): boolean {
  return expression.getText() === 'URL' && given?.[1]?.getText() === 'import.meta.url';
}

function literalOf(type: ts.TypeNode): ts.Node | undefined {
  return ts.isLiteralTypeNode(type) ? type.literal : undefined;
}

function of(kind: Import['kind'], specifier: ts.Node | undefined): Import {
  const isText = specifier !== undefined && ts.isStringLiteralLike(specifier);
  return isText ? { kind, specifier: specifier.text } : computed(kind);
}

function computed(kind: Import['kind']): Import {
  return { kind, specifier: undefined };
}
