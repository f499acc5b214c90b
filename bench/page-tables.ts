type Cell = string | number;

/** A table in Markdown. */
export function table(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * Replaces each table of a page, between `<!-- table: name -->` and `<!-- end -->`, by its current content.
 *
 * @throws RangeError naming a table of the page that is unknown
 */
export function fillTables(page: string, tables: Readonly<Record<string, string>>): string {
  return page.replaceAll(/(<!-- table: ([a-z-]+) -->\n).*?(<!-- end -->)/gs, (_, start, name, end) => {
    const content = tables[name];
    if (content === undefined)
      throw new RangeError(`table must be one of ${Object.keys(tables)}, got '${name}'`);
    return `${start}\n${content}\n\n${end}`;
  });
}

/** The same, where other tables of the page are written by other scripts: they are left as they are. */
export function fillOwnTables(page: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((filled, [name, content]) => {
    const marked = new RegExp(`(<!-- table: ${name} -->\\n).*?(<!-- end -->)`, 'gs');
    return filled.replaceAll(marked, (_, start, end) => `${start}\n${content}\n\n${end}`);
  }, page);
}

/** A share with three digits. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

/** A number with its thousands apart. */
export function thousands(value: number): string {
  return value.toLocaleString('en-US');
}
