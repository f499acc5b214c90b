import { table } from '../page-tables.ts';
import evaluation from '../results/evaluation.json' with { type: 'json' };
import type { Scored } from './evaluate.ts';
import { groupRows, type Rows, summaryRows } from './view.ts';

/** What a row of the kept result holds: a contender with its scores. */
const scored = evaluation.rows.map(
  ({ name, summary, groups }): Scored => ({ name, summary, groups: new Map(Object.entries(groups)) }),
);

/** The tables of docs/evaluation.md, by name, as Markdown made of the kept result. */
export const pageTables: Readonly<Record<string, string>> = {
  synthetic: markdown(summaryRows(scored)),
  'synthetic-kinds': markdown(groupRows(scored)),
};

function markdown({ head, rows }: Rows): string {
  return table(head, rows);
}
