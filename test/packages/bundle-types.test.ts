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
    "import { Theirs } from 'theirs';\nimport { Other as Another } from 'theirs';\ntype Both = Ours | Theirs | Another;\ntype Ours = 1;\nexport { type Both };\n",
  );
});

test('a type that the compiler imports where it stands is named', () => {
  const text = bundle({
    'index.d.ts': "export { one } from './one.ts';\n",
    'one.d.ts': 'export declare const one: import("./two.ts").Two | import("theirs").Theirs;\n',
    'two.d.ts': 'export type Two = 2;\n',
  });
  expect(text).toBe('declare const one: Two | import("theirs").Theirs;\ntype Two = 2;\nexport { one };\n');
});

test('overloads stay together', () => {
  const text = bundle({
    'index.d.ts': "export { f } from './f.ts';\n",
    'f.d.ts': 'export declare function f(a: 1): 1;\nexport declare function f(a: 2): 2;\n',
  });
  expect(text).toBe('declare function f(a: 1): 1;\ndeclare function f(a: 2): 2;\nexport { f };\n');
});

test.each([
  [
    'another name for what is exported',
    "export { a as b } from './a.ts';\n",
    /a name must stay as it is, got 'a as b' in .*index\.d\.ts/,
  ],
  ['everything of a file', "export * from './a.ts';\n", /a declaration or a list of names, got: export \*/],
  [
    'a default',
    'declare const a: 1;\nexport default a;\n',
    /a declaration or a list of names, got: export default a/,
  ],
  [
    'two of one name',
    "export { type A } from './a.ts';\nexport { type B } from './b.ts';\n",
    /one name must be declared in one file, got 'C' in .*a\.d\.ts and .*b\.d\.ts/,
  ],
])('%s cannot be bundled', (_, index, message) => {
  const files = {
    'a.d.ts': 'type C = 1;\nexport type A = C;\n',
    'b.d.ts': 'type C = 2;\nexport type B = C;\n',
  };
  expect(() => bundle({ 'index.d.ts': index, ...files })).toThrow(message);
});
