import { detectorTables } from '../detector/tables.ts';
import { fillOwnTables, table } from '../page-tables.ts';
import replacements from '../results/replacements.json' with { type: 'json' };

type Row = (typeof replacements.rows)[number];

/** The parts of the table, in its order: settings that do the same stand in one row, those that replace something first. */
function rowsOf(rows: readonly Row[]): readonly (readonly string[])[] {
  const together = new Map<string, Row[]>();
  for (const row of rows) {
    const { setting, value, ...effect } = row;
    const key = JSON.stringify(effect);
    together.set(key, [...(together.get(key) ?? []), row]);
  }
  const groups = [...together.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ first, names: same.map(({ setting }) => nameOf(setting)) }];
  });
  const inOrder = [
    ...groups.filter(({ first }) => first.replaced.length > 0),
    ...groups.filter(({ first }) => first.replaced.length === 0),
  ];
  return inOrder.map(({ first, names }) => [
    names.join(', '),
    listed(first.replaced),
    listed(first.changed),
    listed([...first.made, ...first.deleted]),
  ]);
}

/** One option stands for all. */
function nameOf(setting: string): string {
  return setting === 'alpha' ? 'every option of the detector' : `\`${setting}\``;
}

/** So many resources are named; more are counted. */
const mostNames = 4;

function listed(paths: readonly string[]): string {
  if (paths.length === 0) return '–';
  return paths.length > mostNames
    ? `${paths.length} resources`
    : paths.map((path) => `\`${path}\``).join(', ');
}

const tables = {
  replacements: table(
    ['setting', 'replaces', 'changes in place', 'makes, or deletes the other way round'],
    rowsOf(replacements.rows),
  ),
  ...detectorTables,
};

/** The operations guide with the table of what a change of each setting does, and those of the detector. */
export function withReplacements(page: string): string {
  return fillOwnTables(page, tables);
}
