/** A top-level declaration with its comment, and without `export`. */
export interface Declaration {
  readonly kind: 'declaration';
  readonly name: string;
  readonly text: string;
}

/** `import { … } from '…'` or `export { … } from '…'`. */
export interface NameList {
  readonly kind: 'import' | 'export';
  readonly from: string;
  readonly names: readonly ListedName[];
}

/** One entry between the braces: `name as local`. `type` stands before it or before the whole list. */
export interface ListedName {
  readonly name: string;
  readonly local: string;
  readonly type: boolean;
}

const start = /^(?=\/\*\*|(?:declare|export|import|interface|type) )/m;
const nameList = /^(import|export) (type )?\{ ([\w, ]+) \} from '(.+)';$/;
const declaration = /^(?:declare )?(?:abstract )?(?:class|const|function|interface|type) (\w+)/;

/**
 * The statements of a declaration file. The compiler begins each one in the first column, with one of a few keywords.
 *
 * @throws Error for a statement of an unknown form
 */
export function typeStatements(text: string): readonly (Declaration | NameList)[] {
  const statements: (Declaration | NameList)[] = [];
  let comment = '';
  for (const part of text.split(start)) {
    if (part.startsWith('/**')) {
      comment = part;
      continue;
    }
    if (part.trim() !== 'export {};') statements.push(statementOf(part, comment));
    comment = '';
  }
  return statements;
}

function statementOf(part: string, comment: string): Declaration | NameList {
  const [, kind, isType, list, from] = nameList.exec(part.trim()) ?? [];
  if (list !== undefined && from !== undefined) {
    const names = list
      .split(/, ?/)
      .filter((text) => text !== '')
      .map((text) => listedName(text, isType !== undefined));
    return { kind: kind === 'import' ? 'import' : 'export', from, names };
  }
  const text = part.replace(/^export /, '');
  const [, name] = declaration.exec(text) ?? [];
  if (name === undefined)
    throw new Error(`a statement must be a declaration or a list of names, got: ${part}`);
  return { kind: 'declaration', name, text: comment + text };
}

function listedName(text: string, isType: boolean): ListedName {
  const [name = '', local = name] = text.replace(/^type /, '').split(' as ');
  return { name, local, type: isType || text.startsWith('type ') };
}
