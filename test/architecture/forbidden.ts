// What no source file may hold: unseeded randomness, reads that stall the GPU, and ways around the type checker.
import ts from 'typescript';
import { markupOf, nodesOf, syntaxTree, type Source } from './sourceFile.ts';

const stallingReads = /^(?:dataSync|arraySync|readSync|bytesSync)$/;
const silencedCheck = /@ts-(?:ignore|nocheck)\b/;

export function forbiddenIn(source: Source): string[] {
  const found = nodesOf(syntaxTree(source)).flatMap((node) => forbiddenAt(node) ?? []);
  if (markupOf(source).includes('Math.random')) found.push('Math.random');
  const silenced = silencedCheck.exec(source.text)?.[0];
  if (silenced !== undefined) found.push(silenced);
  return found.map((what) => `${source.path}: ${what}`);
}

function forbiddenAt(node: ts.Node): string | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any';
  if (ts.isIdentifier(node) && stallingReads.test(node.text)) return node.text;
  if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') return 'Math.random';
  return undefined;
}
