import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  firstComment,
  multipleOf,
  notNegative,
  oneOf,
  positive,
  readArguments,
  required,
  text,
  whole,
} from '../../bench/script-arguments.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

const readers = { revision: text('HEAD'), rounds: whole(100), share: positive(), delay: notNegative(5) };

test.each([
  [[], { revision: 'HEAD', rounds: 100, share: undefined, delay: 5 }],
  [['main'], { revision: 'main', rounds: 100, share: undefined, delay: 5 }],
  [['main', '7', '0.5', '0'], { revision: 'main', rounds: 7, share: 0.5, delay: 0 }],
  [['main', '1e3', '.5', '.5'], { revision: 'main', rounds: 1000, share: 0.5, delay: 0.5 }],
])('arguments are read in their order: %j', (given, read) => {
  expect(readArguments(given, readers)).toEqual(read);
});

test.each([
  [['main', 'abc'], "rounds must be a whole number from 1, got 'abc'"],
  [['main', '2.5'], "rounds must be a whole number from 1, got '2.5'"],
  [['main', '0'], "rounds must be a whole number from 1, got '0'"],
  [['main', '7', '0'], "share must be a positive number, got '0'"],
  [['main', '7', '-0.5'], "share must be a positive number, got '-0.5'"],
  [['main', '7', 'Infinity'], "share must be a positive number, got 'Infinity'"],
  [['main', '7', '1', ''], "delay must be a number from 0, got ''"],
  [['main', '7', '1', '-1'], "delay must be a number from 0, got '-1'"],
  [['--rounds', '7'], 'unknown option --rounds'],
  [['main', '-r'], 'unknown option -r'],
  [['main', '7', '1', '5', '9'], 'takes at most 4 (revision, rounds, share, delay), got 5: main 7 1 5 9'],
])('wrong arguments are refused: %j', (given, message) => {
  expect(() => readArguments(given, readers)).toThrow(new RangeError(message));
});

test('a script without arguments takes none', () => {
  expect(readArguments([], {})).toEqual({});
  expect(() => readArguments(['1'], {})).toThrow(new RangeError('takes no arguments, got 1: 1'));
});

test('an argument may be required, a multiple, or one of some words', () => {
  const others = { folder: required, rows: multipleOf(10, 100), noise: oneOf(['normal', 'skewed']) };
  expect(readArguments(['data'], others)).toEqual({ folder: 'data', rows: 100, noise: undefined });
  expect(readArguments(['data', '50', 'normal'], others)).toEqual({
    folder: 'data',
    rows: 50,
    noise: 'normal',
  });
  expect(() => readArguments([], others)).toThrow(new RangeError('folder is missing'));
  expect(() => readArguments(['data', '5'], others)).toThrow(
    "rows must be a positive multiple of 10, got '5'",
  );
  expect(() => readArguments(['data', '50', 'x'], others)).toThrow(
    "noise must be one of normal, skewed, got 'x'",
  );
});

test('a number is read as written, or refused by its name', () => {
  const read = (given: string) => readArguments([given], { share: positive(1) });
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (value) => {
      if (value > 0 && Number.isFinite(value)) expect(read(`${value}`)).toEqual({ share: value });
      else expect(() => read(`${value}`)).toThrow(RangeError);
    }),
  );
  fc.assert(
    fc.property(
      fc.string().filter((given) => Number.isNaN(Number(given))),
      (given) => {
        expect(() => read(given)).toThrow(RangeError);
      },
    ),
  );
});

test.each([
  ['/** One line. */\nconst a = 1;', 'One line.'],
  [
    '/**\n * Measures.\n *\n * Run: a [b]\n *      a [c]\n */\n/** Another. */',
    'Measures.\n\nRun: a [b]\n     a [c]',
  ],
  ['import a from "a";\n/** Of a. */', ''],
])('the first comment loses its marks: %j', (source, comment) => {
  expect(firstComment(source)).toBe(comment);
});

describe('a script that overwrites a result', () => {
  const script = 'bench/statistics/scan-intervals.ts';
  const result = 'bench/results/scan-intervals.json';
  const start = (argument: string) => {
    const before = textOf(result);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, argument], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(textOf(result)).toBe(before);
    return { status, stdout, stderr };
  };

  test('prints its comment for --help, and starts nothing', () => {
    expect(start('--help')).toEqual({ status: 0, stdout: `${firstComment(textOf(script))}\n`, stderr: '' });
  });

  test('refuses in one line what is no number', () => {
    expect(start('abc')).toEqual({
      status: 1,
      stdout: '',
      stderr: `${script}: share must be a positive number, got 'abc' (see npx tsx ${script} --help)\n`,
    });
  });
});

describe('scripts', () => {
  const sources = ['bench', 'bin', 'test/campaigns', 'test/mutation'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name.split(sep).join('/')}`),
  );
  const started = sources.filter((path) => /^Run: /m.test(firstComment(textOf(path))));

  test('that a person starts read their arguments by a command line with --help', () => {
    const commandLine =
      /\bscriptArguments\(import\.meta\.url\b|from 'commander'|\b(runEvaluate|campaignCommand)\(/;
    expect(started.length).toBeGreaterThan(40);
    expect(started.filter((path) => !commandLine.test(textOf(path)))).toEqual([]);
  });

  test('say in their first comment how they are started', () => {
    const isNamed = (path: string) => {
      const comment = firstComment(textOf(path));
      return (
        comment.includes(`npx tsx ${path}`) ||
        /^Run: npm run (bench|load|evaluate|faults|build)\b/m.test(comment)
      );
    };
    expect(started.filter((path) => !isNamed(path))).toEqual([]);
  });

  test('that read the arguments by hand are children of others, or pass them on', () => {
    const byHand = sources.filter((path) => textOf(path).includes('process.argv'));
    expect(byHand.sort()).toEqual([
      'bench/detector/remember.ts',
      'bench/evaluate.ts',
      'bench/load/producer-process.ts',
      'bench/script-arguments.ts',
      'bench/speed/detect-once.ts',
      'bench/speed/memory.ts',
      'bench/speed/old-and-new.ts',
      'bench/speed/put-once.ts',
      'bench/speed/scan-memory.ts',
      'bench/waves/delaying-proxy.ts',
      'bench/waves/measure.ts',
      'bin/aed.ts',
    ]);
  });
});
