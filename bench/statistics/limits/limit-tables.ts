import { percent, table, thousands } from '../../page-tables.ts';
import afterDependence from '../../results/after-dependence.json' with { type: 'json' };
import spread from '../../results/spread.json' with { type: 'json' };

/** The tables of what the scan is not made for, by name. */
export const limitTables: Readonly<Record<string, string>> = {
  'after-dependence': table(
    ['ρ before', 'change, sd', 'about every', 'found'],
    afterDependence.rows.map(({ correlation, size, every, changes, found }) => [
      correlation,
      size,
      `${thousands(every)} points`,
      percent(found / changes),
    ]),
  ),
  spread: table(
    [
      'test',
      ...spread.rows.filter(({ test }) => test === 'scan').map(({ before, after }) => `${before} → ${after}`),
    ],
    [...new Set(spread.rows.map(({ test }) => test))].map((name) => [
      name,
      ...spread.rows
        .filter(({ test }) => test === name)
        .map(({ reported, streams }) => percent(reported / streams)),
    ]),
  ),
};
