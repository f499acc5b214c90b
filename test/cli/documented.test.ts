import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../../cli/run.ts';
import { pages, textOf } from '../pages.ts';

const program = await createProgram({
  input: new PassThrough(),
  out: new PassThrough(),
  error: new PassThrough(),
  signal: new AbortController().signal,
  environment: {},
});

const page = textOf('docs/command-line.md');

/** The help texts of all commands. */
function helpTexts(): readonly string[] {
  const helps: string[] = [];
  const collect = (command: Command) => {
    command.configureOutput({ writeOut: (text) => helps.push(text) });
    command.outputHelp();
    command.commands.forEach(collect);
  };
  collect(program);
  return helps;
}

const helps = helpTexts();

/** Every example in the help texts, and every line of the pages' programs, cut at pipes. */
function examples(): readonly string[] {
  const programs = pages.flatMap((path) =>
    [...textOf(path).matchAll(/```sh\n(.*?)```/gs)].map(([, code = '']) => code),
  );
  return [...helps, ...programs]
    .flatMap((text) => text.split('\n'))
    .flatMap((line) => line.replace(/ {2,}#.*$/, '').split('|'))
    .map((part) => part.trim().replace(/^npx /, ''))
    .filter((part) => /^aed /.test(part));
}

test.each(examples())('%s', (line) => {
  const words = line.split(/\s+/).slice(1);
  let command = program;
  for (let word = words[0]; word !== undefined; word = words[0]) {
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) break;
    command = next;
    words.shift();
  }
  expect(command).not.toBe(program);
  const known = command.options.flatMap(({ short, long }) => [short, long]);
  for (const word of words.filter((one) => /^--?[a-z]/.test(one))) expect(known).toContain(word);
});

test('the page has every command in its table', () => {
  for (const command of program.commands) expect(page).toContain(`\`aed ${command.name()}\``);
});

test.each([
  ...pages.map((path) => [path, textOf(path)] as const),
  ['the help texts', helps.join('\n')] as const,
])('no time in %s is in the future, which a service would set aside', (_, text) => {
  const times = text.match(/\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?/g) ?? [];
  expect(times.filter((time) => Date.parse(time) > Date.now())).toEqual([]);
});
