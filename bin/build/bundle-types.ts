import { inlineImport, type Origin, originAt, readTypes } from './read-types.ts';

/** Comments, which stay as they are; imports that stand where a type does; words that are no property. */
const mention = new RegExp(
  `/\\*.*?\\*/|${inlineImport.source}|(?<![.\\w'"])[A-Za-z_]\\w*(?![\\w'"]|\\??:)`,
  'gs',
);

/**
 * One text with the declarations that an entry exports and all that they mention, from the many files that the compiler wrote.
 *
 * Any compiler can read it, in any mode of module resolution: it imports no file, and above all none that ends in `.ts`.
 * Where files use one word for different things, or one of the language's, all but the first get a number behind it.
 *
 * @param entry - path of the entry's declarations: a file of nothing but `export { … } from '…'`
 * @param own - where the declarations of packages are that are to be in the text, too
 * @throws Error for a statement of a form that is not known here
 */
export function bundleTypes(entry: string, own: Readonly<Record<string, string>> = {}): string {
  const types = readTypes(entry, own);
  const names = new Map<Origin, string>();
  const taken = new Set(Object.getOwnPropertyNames(globalThis));

  /** What something is called in the text; who is called comes into it. */
  function nameOf(origin: Origin): string {
    const [, wanted = ''] = origin.split('#');
    const known = names.get(origin);
    if (known !== undefined) return known;
    let name = wanted;
    for (let number = 1; taken.has(name); number++) name = `${wanted}_${number}`;
    taken.add(name);
    names.set(origin, name);
    return name;
  }

  function renamed(text: string, file: string): string {
    return text.replaceAll(mention, (whole, specifier?: string, name?: string) => {
      if (specifier !== undefined && name !== undefined)
        return nameOf(types.declaredAt(types.originOf(specifier, name, file)));
      const origin = types.scopes.get(file)?.get(whole);
      return origin === undefined ? whole : nameOf(types.declaredAt(origin));
    });
  }

  const exports = types.exported.map((listed) => {
    const local = listed.replace(/^type /, '');
    const name = nameOf(types.declaredAt(originAt(entry, local)));
    return name === local ? listed : listed.replace(local, `${name} as ${local}`);
  });
  const imports: string[] = [];
  const declarations: string[] = [];
  // A map hands out what is added while it is read: what a declaration mentions follows it.
  for (const [origin, name] of names) {
    const [place = '', wanted = ''] = origin.split('#');
    const text = types.declarations.get(origin);
    if (text !== undefined) declarations.push(renamed(text, place));
    else imports.push(`import { ${name === wanted ? name : `${wanted} as ${name}`} } from '${place}';\n`);
  }
  return [...imports, ...declarations, `export { ${exports.join(', ')} };\n`].join('');
}
