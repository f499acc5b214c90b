import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkpointsIn, savedUntil } from '../../local/kept/checkpoints.ts';
import { useFolder } from '../use/folder.ts';

const folder = useFolder('for each test');
const file = () => join(folder, 'recorder-checkpoints.json');

test('each shard has its last checkpoint, now and at the next start', () => {
  const checkpoints = checkpointsIn(folder);
  expect(checkpoints.last('one')).toBeUndefined();
  checkpoints.save('one', '1');
  checkpoints.save('two', '20');
  checkpoints.save('one', '3');
  for (const { last } of [checkpoints, checkpointsIn(folder)])
    expect(['one', 'two', 'three'].map(last)).toEqual(['3', '20', undefined]);
  expect(readdirSync(folder)).toEqual(['recorder-checkpoints.json']);
});

test('a checkpoint is kept for the next start, unless a database has failed', async () => {
  let fail: (error: Error) => void = () => {};
  const broken = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const checkpoints = savedUntil(broken, checkpointsIn(folder));
  checkpoints.save('shard', '1');
  fail(new Error('no space left on device'));
  await broken.catch(() => {});
  checkpoints.save('shard', '2');
  expect([checkpoints, checkpointsIn(folder)].map(({ last }) => last('shard'))).toEqual(['1', '1']);
});

test.each([
  ['a part of a file', (path: string) => writeFileSync(path, '{"one":')],
  ['a link', (path: string) => symlinkSync(join(folder, 'other'), path)],
])('what a crash left of the next file is replaced: %s', (_, leave) => {
  leave(`${file()}.new`);
  checkpointsIn(folder).save('one', '1');
  expect(checkpointsIn(folder).last('one')).toBe('1');
  expect(existsSync(join(folder, 'other'))).toBe(false);
});

describe('a file that is damaged is told, with what to do, and stays', () => {
  test.each([
    ['', 'JSON'],
    ['{"one":"1"', 'JSON'],
    ['null', 'it does not say how far each shard is read'],
    ['"1"', 'it does not say how far each shard is read'],
    ['["1"]', 'it does not say how far each shard is read'],
    ['{"one":1}', 'it does not say how far each shard is read'],
    ['{"one":"1","two":"x"}', 'it does not say how far each shard is read'],
    ['{"one":"1x"}', 'it does not say how far each shard is read'],
    ['{"one":""}', 'it does not say how far each shard is read'],
  ])('%j', (text, why) => {
    writeFileSync(file(), text);
    const opened = () => checkpointsIn(folder);
    expect(opened).toThrow(`cannot read ${file()}: `);
    expect(opened).toThrow(why);
    expect(opened).toThrow('; delete it, and all records that the folder keeps are recorded anew, once');
    expect(readFileSync(file(), 'utf8')).toBe(text);
  });

  test('also if it is no file', () => {
    mkdirSync(file());
    expect(() => checkpointsIn(folder)).toThrow(`cannot read ${file()}: `);
  });
});
