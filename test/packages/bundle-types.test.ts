import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundleTypes } from '../../bin/build/bundle-types.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'types-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function bundle(files: Readonly<Record<string, string>>, own: Readonly<Record<string, string>> = {}): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const paths = Object.entries(own).map(([name, file]) => [name, join(folder, file)]);
  return bundleTypes(join(folder, 'index.d.ts'), Object.fromEntries(paths));
}

test('what the entry exports comes with all it mentions, comments included, and nothing else', () => {
  const text = bundle({
    'index.d.ts': "export { first, } from './first.ts';\nexport type { Second } from './second.ts';\n",
    'first.d.ts':
      "import type { Third } from './third.ts';\n/** The first. */\nexport declare function first(third: Third): void;\n",
    'second.d.ts':
      '/** Not like Unused. */\nexport interface Second {\n    /** One. */\n    readonly one: 1;\n}\n',
    'third.d.ts':
      'export declare const unused: 1;\n/** The third. */\nexport type Third = {\n    a: 1;\n} | {\n    a: 2;\n};\ninterface Unused {\n}\nexport {};\n',
  });
  expect(text).toBe(
    '/** The first. */\ndeclare function first(third: Third): void;\n' +
      '/** Not like Unused. */\ninterface Second {\n    /** One. */\n    readonly one: 1;\n}\n' +
      '/** The third. */\ntype Third = {\n    a: 1;\n} | {\n    a: 2;\n};\n' +
      'export { first, type Second };\n',
  );
});

test('a package stays an import unless it is to be in the text', () => {
  const text = bundle(
    {
      'index.d.ts': "export { type Both } from './both.ts';\n",
      'both.d.ts':
        "import { Theirs, Unused, type Other as Another } from 'theirs';\nimport type { Ours } from 'ours';\nexport type Both = Ours | Theirs | Another;\n",
      'ours.d.ts': 'export type Ours = 1;\n',
    },
    { ours: 'ours.d.ts' },
  );
  expect(text).toBe(
    "import { Theirs } from 'theirs';\nimport { Other } from 'theirs';\ntype Both = Ours | Theirs | Other;\ntype Ours = 1;\nexport { type Both };\n",
  );
});

test('a type that the compiler imports where it stands is named', () => {
  const text = bundle({
    'index.d.ts': "export { one } from './one.ts';\n",
    'one.d.ts': 'export declare const one: import("./two.ts").Two | import("theirs").Theirs;\n',
    'two.d.ts': 'export type Two = 2;\n',
  });
  expect(text).toBe(
    "import { Theirs } from 'theirs';\ndeclare const one: Two | Theirs;\ntype Two = 2;\nexport { one };\n",
  );
});

test('overloads stay together', () => {
  const text = bundle({
    'index.d.ts': "export { f } from './f.ts';\n",
    'f.d.ts': 'export declare function f(a: 1): 1;\nexport declare function f(a: 2): 2;\n',
  });
  expect(text).toBe('declare function f(a: 1): 1;\ndeclare function f(a: 2): 2;\nexport { f };\n');
});

test('files that use one word for different things get along, and with the words of the language', () => {
  const text = bundle({
    'index.d.ts': "export { type A } from './a.ts';\nexport type { B as Both } from './b.ts';\n",
    'a.d.ts': 'type Table = 1;\nexport interface A {\n    Table: Table;\n    readonly Table?: Table[];\n}\n',
    'b.d.ts':
      "import { Table, Function as Theirs } from 'theirs';\n/** A Table. */\nexport type B = Table | Theirs | 'Table';\n",
  });
  expect(text).toBe(
    "import { Table as Table_1 } from 'theirs';\nimport { Function as Function_1 } from 'theirs';\n" +
      'interface A {\n    Table: Table;\n    readonly Table?: Table[];\n}\n' +
      "/** A Table. */\ntype B = Table_1 | Function_1 | 'Table';\ntype Table = 1;\n" +
      'export { type A, type B as Both };\n',
  );
});

test('what a file passes on comes from where it is declared', () => {
  const text = bundle({
    'index.d.ts': "export { type B } from './a.ts';\n",
    'a.d.ts': "export { type A as B } from './b.ts';\n",
    'b.d.ts': 'export type A = 1;\n',
  });
  expect(text).toBe('type A = 1;\nexport { type A as B };\n');
});

test.each([
  ['everything of a file', "export * from './a.ts';\n", 'export *'],
  ['a default', 'declare const a: 1;\nexport default a;\n', 'export default a'],
])('%s cannot be bundled', (_, index, statement) => {
  expect(() => bundle({ 'index.d.ts': index, 'a.d.ts': 'export type A = 1;\n' })).toThrow(
    `a statement must be a declaration or a list of names, got: ${statement}`,
  );
});
