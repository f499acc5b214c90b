import { readFileSync } from 'node:fs';
import { optionTable } from '@aed/core';
import { expect, test } from 'vitest';
import { optionNames } from './option-values.ts';

const readme = readFileSync(new URL('../../core/README.md', import.meta.url), 'utf8');

/** An option as a row of a table of the README. */
const rowOf = (name: (typeof optionNames)[number]) => {
  const { kind, default: value, rule, unit, meaning, trades } = optionTable[name];
  const shown = kind === 'choice' ? `\`'${value}'\`` : String(value);
  const words = unit === 'unit of the data' ? `${rule}, in the ${unit}` : rule;
  return `| \`${name}\` | ${shown} | ${words} | ${meaning} | ${trades} |`;
};

test('the README has every option as the table has it', () => {
  const [, , ...rows] =
    /<!-- table: options -->\n\n(.*?)\n\n<!-- end -->/s.exec(readme)?.[1]?.split('\n') ?? [];
  expect(rows).toEqual(optionNames.map(rowOf));
});
