import { expect, test } from 'vitest';
import { contenders } from '../../../bench/evaluate/contenders.ts';
import { evaluate } from '../../../bench/evaluate/evaluate.ts';
import { pageTables } from '../../../bench/evaluate/page-tables.ts';
import { kinds, seasonPoints } from '../../../bench/evaluate/synthetic/kinds.ts';
import { firstOfEachKind, measured, measuredSet } from '../../../bench/evaluate/synthetic/measured-set.ts';
import { fillTables } from '../../../bench/page-tables.ts';
import evaluation from '../../../bench/results/evaluation.json' with { type: 'json' };
import { textOf } from '../../pages.ts';

const page = textOf('docs/evaluation.md');

test.each(Object.keys(pageTables))('the page has the table %s', (name) => {
  expect(page).toContain(`<!-- table: ${name} -->`);
});

test('its tables are what was measured', () => {
  expect(fillTables(page, pageTables)).toBe(page);
});

test('every statistic and setting was measured, and each reference', () => {
  expect(evaluation.rows.map(({ name }) => name)).toEqual(
    contenders(measured.margin, seasonPoints).map(({ name }) => name),
  );
});

test('what was measured are the scores of this core: the first series of each kind have them still', async () => {
  const again = await evaluate(firstOfEachKind(measuredSet()), contenders(measured.margin, seasonPoints), {
    margin: measured.margin,
    signal: new AbortController().signal,
  });
  for (const [index, { name, scores }] of again.entries())
    expect(scores, `${name}: run bench/evaluate/measure.ts`).toEqual(evaluation.rows[index]?.firsts);
});

test.each(Object.keys(kinds))('it says what %s are', (kind) => {
  expect(page).toContain(`| \`${kind}\` | `);
  expect(pageTables['synthetic-kinds']).toContain(`| ${kind} | `);
});
