import { Command, Option } from 'commander';
import { wholeNumber } from '../../cli/arguments.ts';
import { type CliContext, exitCodes, UsageError } from '../../cli/context.ts';
import { jsonLine, write } from '../../cli/output.ts';
import { countBar } from '../../cli/progress.ts';
import { reportPath, saveReport } from '../../cli/report/report-file.ts';
import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import { contenders } from './contenders.ts';
import { evaluate } from './evaluate.ts';
import { evaluationJson } from './evaluation-json.ts';
import { evaluationReport } from './evaluation-report.ts';
import { type Format, formats, readSet } from './read-set.ts';
import { type Setting, settings } from './settings.ts';
import { kinds } from './synthetic/kinds.ts';
import { synthesize } from './synthetic/synthesize.ts';
import { writeSet } from './synthetic/write-set.ts';
import { describeEvaluation } from './view.ts';

interface Options {
  readonly format?: Format;
  readonly margin: number;
  readonly period?: number;
  readonly json: boolean;
  readonly report?: string;
  readonly draw: string;
  readonly synthesize?: string;
  readonly seed: number;
  readonly series: number;
  readonly points: number;
}

export function evaluateCommand(context: CliContext): Command {
  return new Command('npm run evaluate --')
    .description('Scores the statistics and settings on a folder of series with annotated changes.')
    .argument('[DIR]', 'the folder to score')
    .addOption(
      new Option('--format <name>', 'format of the folder (default: recognized by its files)').choices(
        formats,
      ),
    )
    .option('--margin <points>', 'how many points a reported place may be off', wholeNumber(0), 5)
    .option('--report <file>', 'write plots of the series to a file: .html, .svg or .png', reportPath)
    .option(
      '--period <points>',
      'the season of the series: each statistic that knows seasons is also scored with it',
      wholeNumber(2),
    )
    .option(
      '--draw <setting>',
      'the setting whose change points the report draws, by its name in the table',
      settings()[0]?.name,
    )
    .option('--json', 'print one JSON object: all scores, including those of each series', false)
    .optionsGroup('Instead of scoring:')
    .option('--synthesize <DIR>', 'write a folder of synthetic series with known changes')
    .option('--seed <number>', 'the same seed makes the same series', wholeNumber(0, 2 ** 31), 1)
    .option('--series <number>', 'number of series of each kind', wholeNumber(1, 1000), 20)
    .option('--points <number>', 'number of points of each series', wholeNumber(100, 1_000_000), 1000)
    .addHelpText(
      'after',
      `
Exit codes: ${exitCodes.ok} done, ${exitCodes.failure} failed, ${exitCodes.usage} wrong command line, ${exitCodes.interrupted} interrupted.
docs/evaluation.md explains the formats and the scores.

Examples:
  npm run evaluate -- --synthesize synthetic --seed 1
  npm run evaluate -- synthetic --report synthetic.html
  npm run evaluate -s -- TCPD --format tcpd --json > tcpd.json`,
    )
    .showHelpAfterError('(see npm run evaluate -- --help)')
    .action((folder: string | undefined, options: Options, command: Command) => {
      refuseUnused(command, folder);
      return run(folder, options, context);
    });
}

const forScores = ['format', 'margin', 'report', 'period', 'draw', 'json'];
const forSynthesis = ['seed', 'series', 'points'];

/** @throws UsageError if something is given that has no effect with the rest: whoever gives it expects one */
function refuseUnused(command: Command, folder: string | undefined): void {
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli';
  const refuse = (names: readonly string[], beside: string, instead: string) => {
    const unused = names.find(isGiven);
    if (unused !== undefined) throw new UsageError(`--${unused} has no effect ${beside}; ${instead}`);
  };
  if (isGiven('synthesize')) {
    if (folder !== undefined) throw new UsageError(`--synthesize must be given without DIR, got '${folder}'`);
    refuse(forScores, 'with --synthesize', 'leave out one of the two');
    return;
  }
  refuse(forSynthesis, 'without --synthesize', 'add one, or leave it out');
  if (!isGiven('report')) refuse(['draw'], 'without --report', 'add one, or leave it out');
}

async function run(folder: string | undefined, options: Options, context: CliContext): Promise<void> {
  if (options.synthesize !== undefined) {
    if (options.synthesize === '') throw new UsageError("--synthesize must name a folder, got ''");
    return synthesizeTo(options.synthesize, options, context);
  }
  if (folder === undefined) throw new UsageError('DIR must be given, or --synthesize');
  return score(folder, options, context);
}

async function synthesizeTo(folder: string, options: Options, context: CliContext): Promise<void> {
  const { signal } = context;
  const bar = countBar(context.error, folder, Object.keys(kinds).length * options.series);
  try {
    const written = await writeSet(folder, synthesize(options), {
      signal,
      onSeries: (done) => bar.update(done),
    });
    bar.stop();
    const changes = written.reduce((sum, one) => sum + one.changes.length, 0);
    const size = `${written.length} series of ${plain.counted(options.points, 'point')}`;
    await write(context.out, `${size} with ${plain.counted(changes, 'change')} in ${folder}\n`);
  } finally {
    bar.stop();
  }
}

async function score(
  folder: string,
  { format, margin, period, json, report, draw }: Options,
  context: CliContext,
): Promise<void> {
  const drawn = settingOf(draw, period);
  const { signal } = context;
  const set = await readSet(folder, format, signal);
  const bar = countBar(context.error, printable(set.title), set.series.length);
  try {
    const results = await evaluate(set, contenders(margin, period), {
      margin,
      signal,
      onSeries: (done) => bar.update(done),
    });
    bar.stop();
    await write(
      context.out,
      json ? jsonLine(evaluationJson(set, results, margin)) : `${describeEvaluation(set, results, margin)}\n`,
    );
    if (report !== undefined)
      await saveReport(report, evaluationReport(set, results, margin, drawn), context);
  } finally {
    bar.stop();
  }
}

function settingOf(name: string, period: number | undefined): Setting {
  const all = settings(period);
  const setting = all.find((one) => one.name === name);
  if (setting !== undefined) return setting;
  const names = all.map((one) => `'${one.name}'`).join(', ');
  throw new UsageError(`--draw must be one of ${names}, got '${name}'`);
}
