import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

export interface TestTitle {
  /** From the root of the repository, such as `test/budget.test.ts`. */
  readonly file: string;
  /** As it is written. */
  readonly title: string;
}

const root = new URL('../../', import.meta.url);

/** The name at the root of `test`, `test.each(…)`, `describe.skipIf(…).each(…)`. */
function calleeOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return calleeOf(node.expression);
  return ts.isTaggedTemplateExpression(node) ? calleeOf(node.tag) : '';
}

function textOf(node: ts.Expression | undefined): string | undefined {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node) ? node.getText().slice(1, -1) : undefined;
}

/** What stands in the rows of `each([…])` where a title begins with their first value. */
function rowsOf(node: ts.Expression): readonly string[] {
  const table = ts.isCallExpression(node) ? node.arguments[0] : undefined;
  if (!table || !ts.isArrayLiteralExpression(table)) return [];
  const firsts = table.elements.map((row) => textOf(ts.isArrayLiteralExpression(row) ? row.elements[0] : row));
  return firsts.filter((text) => text !== undefined);
}

function titlesIn(file: string): readonly TestTitle[] {
  const titles: TestTitle[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ['test', 'it', 'describe'].includes(calleeOf(node.expression))) {
      const title = textOf(node.arguments[0]);
      // What `each` is given is no title.
      if (title !== undefined && node.arguments.length > 1) {
        const filled = title.startsWith('%s') ? rowsOf(node.expression).map((row) => title.replace('%s', row)) : [];
        titles.push(...[title, ...filled].map((one) => ({ file, title: one })));
      }
    }
    ts.forEachChild(node, visit);
  };
  const text = readFileSync(new URL(file, root), 'utf8');
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true));
  return titles;
}

/** The titles of all tests and their groups, read from their sources; `%s` at the beginning is filled in as well. */
export function testTitles(): readonly TestTitle[] {
  return globSync('test/**/*.test.ts', { cwd: root }).flatMap((file) => titlesIn(file.replaceAll('\\', '/')));
}
