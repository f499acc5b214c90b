/**
 * Writes the results of the simulations into the documents: the tables, and the figure of the minimum effect.
 *
 * Run: npx tsx bench/statistics/page.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import minimumEffect from '../results/minimum-effect.json' with { type: 'json' };
import { scriptArguments } from '../script-arguments.ts';
import { pagesWithTables, withTables } from './tables.ts';

scriptArguments(import.meta.url);

const docs = new URL('../../docs/', import.meta.url);
for (const name of pagesWithTables) {
  const page = new URL(name, docs);
  await writeFile(page, withTables(await readFile(page, 'utf8')));
}

const tests = { inside: 'this package', deadZone: 'dead zone', afterwards: 'size checked afterwards' };
const rates = minimumEffect.rows.flatMap((row) =>
  (['inside', 'deadZone', 'afterwards'] as const).map((test) => ({
    noise: row.noise,
    multiple: row.multiple,
    test: tests[test],
    rate: (100 * row[test]) / row.series,
  })),
);
const { document } = parseHTML('<html><body></body></html>');
const figure = Plot.plot({
  document,
  width: 900,
  height: 260,
  marginLeft: 48,
  marginRight: 165,
  marginTop: 40,
  marginBottom: 44,
  style: { fontSize: '12px', background: '#fff', color: '#222' },
  x: {
    label: 'true shift',
    ticks: [0, 1],
    tickFormat: (multiple) => `${multiple} δ`,
    labelAnchor: 'center',
    labelOffset: 38,
  },
  y: { label: 'series with a report, %', grid: true },
  fx: { label: null, domain: ['normal', 't₂', 'exponential', 'whole numbers'] },
  color: { domain: Object.values(tests), range: ['#d62728', '#888', '#1f77b4'] },
  marks: [
    Plot.ruleX([1], { stroke: '#555', strokeDasharray: '4 3' }),
    Plot.lineY(rates, { x: 'multiple', y: 'rate', fx: 'noise', stroke: 'test', strokeWidth: 1.8 }),
    Plot.dot(rates, { x: 'multiple', y: 'rate', fx: 'noise', fill: 'test', r: 2.5 }),
    Plot.text(
      rates.filter(({ noise, multiple }) => noise === 'whole numbers' && multiple === 0),
      {
        fx: 'noise',
        x: () => 2,
        dx: 12,
        y: (_: unknown, index: number) => 98 - 14 * index,
        text: 'test',
        fill: 'test',
        textAnchor: 'start',
      },
    ),
  ],
});
figure.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
figure.setAttribute('role', 'img');
figure.setAttribute('aria-label', 'How often shifts below and above the practical threshold are reported');
await writeFile(new URL('images/minimum-effect.svg', docs), `${figure.outerHTML}\n`);
process.stdout.write('docs: tables and docs/images/minimum-effect.svg written\n');
