// What no source file may hold: unseeded randomness, reads that stall the GPU, text that becomes code or markup, and ways around the type checker.
import ts from 'typescript';
import { markupOf, nodesOf, syntaxTree, type Source } from './sourceFile.ts';

const stallingReads = /^(?:dataSync|arraySync|readSync|bytesSync)$/;
/** Text that becomes code or markup: what a link or a file says must stay text. */
const textTurned = /^(?:innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment)$/;
const silencedCheck = /@ts-(?:ignore|nocheck)\b/;

export function forbiddenIn(source: Source): string[] {
  const found = nodesOf(syntaxTree(source)).flatMap((node) => forbiddenAt(node) ?? []);
  if (markupOf(source).includes('Math.random')) found.push('Math.random');
  if (markupOf(source).includes('{@html')) found.push('{@html');
  const silenced = silencedCheck.exec(source.text)?.[0];
  if (silenced !== undefined) found.push(silenced);
  return found.map((what) => `${source.path}: ${what}`);
}

function forbiddenAt(node: ts.Node): string | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any';
  if (ts.isIdentifier(node) && stallingReads.test(node.text)) return node.text;
  if (ts.isIdentifier(node) && textTurned.test(node.text)) return node.text;
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    const called = node.expression.getText();
    if (called === 'Function' || called === 'eval') return called;
  }
  if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') return 'Math.random';
  return undefined;
}
