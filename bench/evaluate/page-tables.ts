import { table } from '../page-tables.ts';
import evaluation from '../results/evaluation.json' with { type: 'json' };
import type { Scored } from './evaluate.ts';
import { groupRows, type Rows, summaryRows } from './view.ts';

/** The contenders in bench/results, with their scores. */
const scored = evaluation.rows.map(
  ({ name, summary, groups }): Scored => ({ name, summary, groups: new Map(Object.entries(groups)) }),
);

/** The tables of docs/evaluation.md by name, in Markdown, made from bench/results. */
export const pageTables: Readonly<Record<string, string>> = {
  synthetic: markdown(summaryRows(scored)),
  'synthetic-kinds': markdown(groupRows(scored)),
};

function markdown({ head, rows }: Rows): string {
  return table(head, rows);
}
