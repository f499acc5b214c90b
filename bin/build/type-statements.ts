/** A top-level declaration with its comment, without `export`. */
export interface Declaration {
  readonly kind: 'declaration';
  readonly name: string;
  readonly text: string;
}

/** `import { … } from '…'` or `export { … } from '…'`. */
export interface NameList {
  readonly kind: 'import' | 'export';
  readonly from: string;
  /** As they stand between the braces; with `type` before those that are types only. */
  readonly names: readonly string[];
}

const start = /^(?=\/\*\*|(?:declare|export|import|interface|type) )/m;
const nameList = /^(import|export) (type )?\{ ([\w, ]+) \} from '(.+)';$/;
const declaration = /^(?:declare )?(?:abstract )?(?:class|const|function|interface|type) (\w+)/;

/**
 * The statements of a declaration file, as the compiler writes them: each begins in the first column, with one of few words.
 *
 * @throws Error for a statement of a form that is not known here
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
      .filter((name) => name !== '')
      .map((name) => (isType && !name.startsWith('type ') ? `type ${name}` : name));
    return { kind: kind === 'import' ? 'import' : 'export', from, names };
  }
  const text = part.replace(/^export /, '');
  const [, name] = declaration.exec(text) ?? [];
  if (name === undefined)
    throw new Error(`a statement must be a declaration or a list of names, got: ${part}`);
  return { kind: 'declaration', name, text: comment + text };
}
