import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { typeStatements } from './type-statements.ts';

/**
 * The origin of a name: the path of the file that declares or re-exports it, or the package, and its name there: `path#name`.
 *
 * The same name may mean two things in two files. An origin means one.
 */
export type Origin = string;

/** The declarations in an entry and in all files that it needs. */
export interface ReadTypes {
  /** The text of each declaration. An origin without a text belongs to a package. */
  readonly declarations: ReadonlyMap<Origin, string>;
  /** The origins of the names in each file, by the file's path. */
  readonly scopes: ReadonlyMap<string, ReadonlyMap<string, Origin>>;
  /** The exports of the entry. Types have `type` before the name. */
  readonly exported: readonly string[];
  /** The origin of a name that a file imports from a specifier. */
  originOf(specifier: string, name: string, file: string): Origin;
  /** The origin of the declaration itself, through all files that only re-export it. */
  declaredAt(origin: Origin): Origin;
}

export function originAt(place: string, name: string): Origin {
  return `${place}#${name}`;
}

/** @param own - packages that are read like files: for each the path of its declarations */
export function readTypes(entry: string, own: Readonly<Record<string, string>>): ReadTypes {
  const declarations = new Map<Origin, string>();
  const scopes = new Map<string, Map<string, Origin>>();
  const passedOn = new Map<Origin, Origin>();
  const exported: string[] = [];
  const files = new Set([entry]);

  function originOf(specifier: string, name: string, file: string): Origin {
    const target = specifier.startsWith('.')
      ? join(dirname(file), specifier.replace(/\.ts$/, '.d.ts'))
      : own[specifier];
    if (target !== undefined) files.add(target);
    return originAt(target ?? specifier, name);
  }

  // The loop also visits files that are added meanwhile.
  for (const file of files) {
    const scope = new Map<string, Origin>();
    scopes.set(file, scope);
    for (const statement of typeStatements(readFileSync(file, 'utf8'))) {
      if (statement.kind === 'declaration') {
        const origin = originAt(file, statement.name);
        scope.set(statement.name, origin);
        declarations.set(origin, (declarations.get(origin) ?? '') + statement.text);
        for (const [, specifier = '', name = ''] of statement.text.matchAll(inlineImport))
          originOf(specifier, name, file);
        continue;
      }
      for (const { name, local, type } of statement.names) {
        const origin = originOf(statement.from, name, file);
        if (statement.kind === 'import') scope.set(local, origin);
        else passedOn.set(originAt(file, local), origin);
        if (statement.kind === 'export' && file === entry) exported.push(type ? `type ${local}` : local);
      }
    }
  }
  const declaredAt = (origin: Origin): Origin => {
    const next = passedOn.get(origin);
    return next === undefined ? origin : declaredAt(next);
  };
  return { declarations, scopes, exported, originOf, declaredAt };
}

/** Matches an inline import of a type. */
export const inlineImport = /import\("([^"]+)"\)\.(\w+)/g;
