import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allExamples, runFuzzed } from '../../campaigns/requests/run-fuzzed.ts';

/** The names of the operations that a package has in a folder. */
function operationsIn(folder: string): readonly string[] {
  const path = new URL(`../../../node_modules/${folder}`, import.meta.url);
  const files = readdirSync(path).filter((name) => name.endsWith('.js'));
  return files.map((name) => name.slice(0, -'.js'.length).toLowerCase());
}

test.each([
  'kinesalite/actions',
  'dynalite/actions',
  'fauxqs/dist/sqs/actions',
  'fauxqs/dist/sns/actions',
  'fauxqs/dist/s3/actions',
  'fauxqs/dist/sts',
])('every operation of %s is among the requests of the campaign', (folder) => {
  const known = new Set(allExamples.map(({ operation }) => operation.toLowerCase()));
  expect(operationsIn(folder).filter((name) => !known.has(name))).toEqual([]);
});

test('random requests, right and wrong, are answered, and end nothing', async () => {
  const { answers } = await runFuzzed(500, 17);
  expect(answers.get(2)).toBeGreaterThan(20);
  expect(answers.get(4)).toBeGreaterThan(100);
});
