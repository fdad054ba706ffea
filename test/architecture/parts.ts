// Finds parts that their folder's index.ts has forgotten. A part is a file that exports an object literal with an `id`.
import { posix } from 'node:path';
import ts from 'typescript';
import { importsOf } from './imports.ts';
import { nodesOf, syntaxTree, type Source } from './sourceFile.ts';

/** The parts among a folder's files that their index.ts does not import, by path; a subfolder may have an index.ts of its own. */
export function forgottenParts(folder: string, sources: readonly Source[]): string[] {
  const files = sources.filter(({ path }) => path.startsWith(`${folder}/`));
  const isIndex = ({ path }: Source) => posix.basename(path) === 'index.ts';
  const lists = new Map(
    files.filter(isIndex).map((index) => [posix.dirname(index.path), listedIn(index)] as const),
  );
  const listed = ({ path }: Source) => lists.get(posix.dirname(path)) ?? lists.get(folder) ?? [];
  return files
    .filter((file) => !isIndex(file) && isPart(file) && !listed(file).includes(file.path))
    .map(({ path }) => path);
}

/** What an index.ts imports, by path. */
function listedIn(index: Source): string[] {
  return importsOf(index).map(({ specifier = '' }) => posix.join(posix.dirname(index.path), specifier));
}

function isPart(source: Source): boolean {
  const file = syntaxTree(source);
  const exportedNames = namesInExportLists(file);
  return file.statements.some((statement) => exportedValues(statement, exportedNames).some(hasId));
}

function exportedValues(statement: ts.Statement, exportedNames: ReadonlySet<string>): ts.Expression[] {
  if (ts.isExportAssignment(statement)) return [statement.expression];
  if (!ts.isVariableStatement(statement)) return [];
  const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
  return statement.declarationList.declarations
    .filter(({ name }) => isExported || exportedNames.has(name.getText()))
    .flatMap(({ initializer }) => initializer ?? []);
}

/** The local names in `export { a, b as c }`. */
function namesInExportLists(file: ts.SourceFile): Set<string> {
  const specifiers = nodesOf(file).filter(ts.isExportSpecifier);
  return new Set(specifiers.map(({ name, propertyName }) => (propertyName ?? name).text));
}

function hasId(value: ts.Expression): boolean {
  if (ts.isObjectLiteralExpression(value))
    return value.properties.some((property) => property.name?.getText() === 'id');
  if (ts.isCallExpression(value)) return value.arguments.some(hasId);
  const isWrapped =
    ts.isAsExpression(value) || ts.isSatisfiesExpression(value) || ts.isParenthesizedExpression(value);
  return isWrapped && hasId(value.expression);
}
