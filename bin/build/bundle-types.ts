import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Declaration, typeStatements } from './type-statements.ts';

/**
 * One text with the declarations that an entry exports and all that they mention, from the many files that the compiler wrote.
 *
 * Any compiler can read it, in any mode of module resolution: it imports no file, and above all none that ends in `.ts`.
 *
 * @param entry - path of the entry's declarations: a file of nothing but `export { … } from '…'`
 * @param own - where the declarations of packages are that are to be in the text, too
 * @throws Error if two files declare one name
 */
export function bundleTypes(entry: string, own: Readonly<Record<string, string>> = {}): string {
  const { declarations, imported, exported } = collect(entry, own);
  const needed = new Set(exported.map(bare));
  // A set hands out what is added while it is read.
  for (const name of needed) {
    for (const word of wordsOf(declarations.get(name)?.text ?? '')) {
      if (declarations.has(word) || imported.has(word)) needed.add(word);
    }
  }
  const isNeeded = ([name]: readonly [string, unknown]) => needed.has(name);
  return [
    ...[...imported].filter(isNeeded).map(([, statement]) => statement),
    ...[...declarations].filter(isNeeded).map(([, { text }]) => text),
    `export { ${exported.join(', ')} };\n`,
  ].join('');
}

interface Collected {
  readonly declarations: ReadonlyMap<string, Declaration & { readonly file: string }>;
  /** The import of each name that is a package's. */
  readonly imported: ReadonlyMap<string, string>;
  /** What the entry exports. */
  readonly exported: readonly string[];
}

function collect(entry: string, own: Readonly<Record<string, string>>): Collected {
  const declarations = new Map<string, Declaration & { readonly file: string }>();
  const imported = new Map<string, string>();
  const exported: string[] = [];
  const files = new Set([entry]);
  const fileOf = (specifier: string, importer: string) =>
    specifier.startsWith('.') ? join(dirname(importer), specifier.replace(/\.ts$/, '.d.ts')) : own[specifier];

  /** Names of our own need no `import("…").` before them once they are in the same file. */
  const inlined = (text: string, file: string) =>
    text.replaceAll(/import\("([^"]+)"\)\./g, (whole, specifier) => {
      const target = fileOf(specifier, file);
      if (target === undefined) return whole;
      files.add(target);
      return '';
    });

  for (const file of files) {
    for (const statement of typeStatements(readFileSync(file, 'utf8'))) {
      if (statement.kind === 'declaration') {
        const { name } = statement;
        const before = declarations.get(name);
        if (before !== undefined && before.file !== file)
          throw new Error(
            `one name must be declared in one file, got '${name}' in ${before.file} and ${file}`,
          );
        const text = (before?.text ?? '') + inlined(statement.text, file);
        declarations.set(name, { ...statement, text, file });
        continue;
      }
      if (file === entry && statement.kind === 'export') exported.push(...statement.names);
      const target = fileOf(statement.from, file);
      for (const name of statement.names) {
        const [, own = bare(name)] = name.split(' as ');
        if (target === undefined) imported.set(own, `import { ${bare(name)} } from '${statement.from}';\n`);
        else if (own !== bare(name)) throw new Error(`a name must stay as it is, got '${name}' in ${file}`);
      }
      if (target !== undefined) files.add(target);
    }
  }
  return { declarations, imported, exported };
}

function bare(name: string): string {
  return name.replace(/^type /, '');
}

function wordsOf(text: string): readonly string[] {
  return text.replaceAll(/\/\*.*?\*\//gs, '').match(/\w+/g) ?? [];
}
