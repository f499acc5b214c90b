type Cell = string | number;

/** A table in Markdown. */
export function table(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * The page with each table between its marks `<!-- table: name -->` and `<!-- end -->` as it is now.
 *
 * @throws RangeError naming a table that is not there
 */
export function fillTables(page: string, tables: Readonly<Record<string, string>>): string {
  return page.replaceAll(/(<!-- table: ([a-z-]+) -->\n).*?(<!-- end -->)/gs, (_, start, name, end) => {
    const content = tables[name];
    if (content === undefined)
      throw new RangeError(`table must be one of ${Object.keys(tables)}, got '${name}'`);
    return `${start}\n${content}\n\n${end}`;
  });
}
