import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import * as core from '@aed/core';
import { describe, expect, test } from 'vitest';

const folder = new URL('../../core/', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, folder), 'utf8');

/** The `@example` of each doc comment, without the comment's stars. */
const docExamples = (source: string) =>
  [...source.matchAll(/@example\s(.*?)(?=\n\s*\* @|\*\/)/gs)].map(([, code = '']) =>
    code.replaceAll(/^\s*\* ?/gm, ''),
  );

/** The code blocks of a page as one program. */
const pageExample = (page: string) =>
  [...page.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code).join('\n');

/** An expression, on its line or the next `// =>`, and its answer, which may go on in comment lines set further in. */
const answerPattern = /^(.*?);?\s*\/\/ => (.*(?:\n\/\/ {2}.*)*)$/gm;

/**
 * Runs an example and compares each expression with its answer, where a number may end in `…`.
 *
 * @returns how many answers were compared
 */
function runExample(code: string): number {
  let answers = 0;
  const near = (digits: string) => expect.closeTo(Number(digits), digits.length - digits.indexOf('.') - 2);
  const compare = (actual: unknown, expected: unknown) => {
    answers++;
    expect(actual).toEqual(expected);
  };
  const program = code
    .replaceAll(/^import .*$/gm, '')
    .replaceAll(answerPattern, (_, expression: string, answer: string) => {
      const expected = answer.replaceAll(/^\/\//gm, '').replaceAll(/(\d+\.\d+)…/g, "near('$1')");
      return `compare(${expression}, ${expected});`;
    });
  runInNewContext(program, { ...core, compare, near });
  return answers;
}

const sources = readdirSync(new URL('src/', folder), { encoding: 'utf8', recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .sort();
const examples = sources.flatMap((path) => docExamples(textOf(path)).map((code) => [path, code] as const));

describe('the example of', () => {
  test.each(examples)('%s is true', (_, code) => expect(runExample(code)).toBe(1));

  test('the README is true', () => expect(runExample(pageExample(textOf('README.md')))).toBe(7));
});

test('each public function and class has an example', () => {
  expect(examples.map(([path]) => path)).toEqual([
    'src/detect-change-points.ts',
    'src/detector.ts',
    'src/mann-kendall.ts',
    'src/mpp-test.ts',
    'src/mpp/false-alarm-probability.ts',
    'src/mpp/mpp-alpha.ts',
    'src/mpp/mpp-alpha.ts',
    'src/option-texts.ts',
    'src/option-texts.ts',
    'src/p-value.ts',
    'src/p-value.ts',
    'src/regime-evidence.ts',
    'src/resolve-options.ts',
    'src/scan-test.ts',
    'src/seasons/phase-at.ts',
    'src/segments.ts',
  ]);
});

test('an example that is not true fails', () => {
  expect(() => runExample('mppTest([1, 2]).statistic // => 2')).toThrow(/expected 1 to deeply equal 2/);
});
