import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { typeStatements } from './type-statements.ts';

/**
 * Where a name comes from: the path of the file that declares or passes it on, or the package, and its name there: `path#name`.
 *
 * The same word may stand for two things in two files; an origin stands for one.
 */
export type Origin = string;

/** All that is declared in the files that one needs. */
export interface ReadTypes {
  /** The text of each declaration. What is not here is a package's. */
  readonly declarations: ReadonlyMap<Origin, string>;
  /** What the names in a file stand for, by its path. */
  readonly scopes: ReadonlyMap<string, ReadonlyMap<string, Origin>>;
  /** What the entry exports; with `type` before types. */
  readonly exported: readonly string[];
  /** What a specifier and a name in a file stand for. */
  originOf(specifier: string, name: string, file: string): Origin;
  /** Through all files that only pass on what others declare. */
  declaredAt(origin: Origin): Origin;
}

export function originAt(place: string, name: string): Origin {
  return `${place}#${name}`;
}

/** @param own - where the declarations of packages are that are read like files */
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

  // A set hands out what is added while it is read.
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

/** A type that the compiler imports where it stands. */
export const inlineImport = /import\("([^"]+)"\)\.(\w+)/g;
