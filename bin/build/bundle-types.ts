import { inlineImport, type Origin, originAt, readTypes } from './read-types.ts';

/** Matches comments, which stay unchanged; inline imports of types; and names, except those of properties. */
const mention = new RegExp(
  `/\\*.*?\\*/|${inlineImport.source}|(?<![.\\w'"])[A-Za-z_]\\w*(?![\\w'"]|\\??:)`,
  'gs',
);

/**
 * Bundles the declarations that an entry exports, and all that they mention, from the files of the compiler into one text.
 *
 * The text imports no file, and above all none that ends in `.ts`. So any compiler can read it, in any mode of module resolution.
 * If files use one name for different things, or a name of the language, all but the first get a number at the end.
 *
 * @param entry - path of the entry's declarations, a file with only `export { … } from '…'`
 * @param own - packages whose declarations are bundled, too: for each the path of its entry
 * @throws Error for a statement of an unknown form
 */
export function bundleTypes(entry: string, own: Readonly<Record<string, string>> = {}): string {
  const types = readTypes(entry, own);
  const names = new Map<Origin, string>();
  const taken = new Set(Object.getOwnPropertyNames(globalThis));

  /** The name of an origin in the text. An origin that is named becomes part of the text. */
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
  // The loop also visits names that are added meanwhile: those that a declaration mentions.
  for (const [origin, name] of names) {
    const [place = '', wanted = ''] = origin.split('#');
    const text = types.declarations.get(origin);
    if (text !== undefined) declarations.push(renamed(text, place));
    else imports.push(`import { ${name === wanted ? name : `${wanted} as ${name}`} } from '${place}';\n`);
  }
  return [...imports, ...declarations, `export { ${exports.join(', ')} };\n`].join('');
}
