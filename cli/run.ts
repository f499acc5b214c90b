import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { detectCommand } from './commands/detect.ts';
import { historyCommand } from './commands/history.ts';
import { localCommand } from './commands/local.ts';
import { produceCommand } from './commands/produce.ts';
import { quarantineCommand } from './commands/quarantine.ts';
import { replayCommand } from './commands/replay.ts';
import { seriesCommand } from './commands/series.ts';
import { validateCommand } from './commands/validate.ts';
import { watchCommand } from './commands/watch.ts';
import { type CliContext, exitCodes, ReaderGoneError, UsageError } from './context.ts';
import { describeError } from './describe-error.ts';

/** Every command, in the order of the help: what a new user tries first is at the top. */
const commands: readonly ((context: CliContext) => Command)[] = [
  replayCommand,
  localCommand,
  produceCommand,
  watchCommand,
  seriesCommand,
  historyCommand,
  validateCommand,
  detectCommand,
  quarantineCommand,
];

/**
 * Runs the tool.
 *
 * @param args - without the program's own name
 * @returns the exit code; an error is printed to standard error, in one line
 */
export async function run(args: readonly string[], context: CliContext): Promise<number> {
  try {
    await createProgram(context).parseAsync(args, { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    // Commander has printed it already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (context.signal.reason instanceof ReaderGoneError) return exitCodes.ok;
    if (context.signal.aborted) {
      context.error.write('stopped\n');
      return exitCodes.interrupted;
    }
    context.error.write(`error: ${describeError(error)}\n`);
    return error instanceof UsageError || error instanceof RangeError ? exitCodes.usage : exitCodes.failure;
  }
}

/** The whole command line. */
export function createProgram(context: CliContext): Command {
  const program = new Command('aed')
    .description('Finds sudden shifts to a new level in streams of numbers.')
    .version(version(), '--version', 'print the version')
    .addHelpText(
      'after',
      `
To try it, you need no AWS account. Start \`aed local\` in one terminal, then in two others:
  aed watch                                 each change point when it is published
  aed produce                               a minute of readings whose level shifts
For a file of your own: aed detect readings.csv

Exit codes: 0 done, 1 failed, 2 wrong command line, 130 interrupted.
\`aed <command> --help\` has examples.`,
    );
  for (const create of commands) program.addCommand(create(context));
  for (const command of [program, ...program.commands.flatMap(withSubcommands)]) setUp(command, context);
  return program;
}

function version(): string {
  const described: { readonly version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return described.version;
}

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** Commander prints each mistake as one line, and throws instead of exiting. */
function setUp(command: Command, { out, error }: CliContext): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => out.write(text),
    writeErr: (text) => error.write(text),
    getOutHelpWidth: () => (out.isTTY ? (out.columns ?? 80) : 100),
    outputError: (text, write) =>
      write(`${text.trimEnd().replaceAll('\n', ' ')} (see ${pathOf(command)} --help)\n`),
  });
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
