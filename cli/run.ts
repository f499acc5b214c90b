import { readFileSync } from 'node:fs';
import { Command, Help, type Option } from 'commander';
import { type CliContext, exitCodes, OutputFailedError } from './context.ts';
import { tellFailure } from './tell-failure.ts';

type CreateCommand = (context: CliContext) => Command;

/** Every command, in the order of the help: what a new user tries first is at the top. Each is loaded when it is needed. */
const commands: Readonly<Record<string, () => Promise<CreateCommand>>> = {
  replay: async () => (await import('./commands/replay.ts')).replayCommand,
  local: async () => (await import('./commands/local.ts')).localCommand,
  produce: async () => (await import('./commands/produce.ts')).produceCommand,
  put: async () => (await import('./commands/put.ts')).putCommand,
  watch: async () => (await import('./commands/watch.ts')).watchCommand,
  series: async () => (await import('./commands/series.ts')).seriesCommand,
  history: async () => (await import('./commands/history.ts')).historyCommand,
  acknowledge: async () => (await import('./commands/acknowledge.ts')).acknowledgeCommand,
  options: async () => (await import('./commands/options.ts')).optionsCommand,
  mute: async () => (await import('./commands/mute.ts')).muteCommand,
  unmute: async () => (await import('./commands/mute.ts')).unmuteCommand,
  validate: async () => (await import('./commands/validate.ts')).validateCommand,
  detect: async () => (await import('./commands/detect.ts')).detectCommand,
  correct: async () => (await import('./commands/correct.ts')).correctCommand,
  forget: async () => (await import('./commands/forget.ts')).forgetCommand,
  quarantine: async () => (await import('./commands/quarantine.ts')).quarantineCommand,
};

/**
 * Runs the tool.
 *
 * @param args - without the program's own name
 * @returns the exit code; an error is printed to standard error, in one line
 */
export async function run(args: readonly string[], context: CliContext): Promise<number> {
  try {
    const program = await createProgram(context, needed(args));
    await program.parseAsync(args, { from: 'user' });
    return context.signal.reason instanceof OutputFailedError ? exitCodes.failure : exitCodes.ok;
  } catch (error) {
    return tellFailure(error, context);
  }
}

/** The commands that these arguments need: one, if they begin with its name; all for help, and to suggest one for a slip. */
function needed([first = '']: readonly string[]): readonly string[] {
  if (first === '--version') return [];
  return Object.hasOwn(commands, first) ? [first] : Object.keys(commands);
}

/** The whole command line, or that of some commands. */
export async function createProgram(
  context: CliContext,
  names: readonly string[] = Object.keys(commands),
): Promise<Command> {
  const program = new Command('aed')
    .description('Finds sudden shifts to a new level in streams of numbers.')
    .version(version(), '--version', 'print the version')
    .addHelpText(
      'after',
      `
To try it, you need no AWS account. Start \`aed local\` in one terminal, then in two others:
  aed watch                                 each change point when it is published
  aed produce                               a minute of readings whose level shifts
For a file of your own: aed detect readings.csv, or aed put readings.csv into a service

Exit codes: 0 done, 1 failed, 2 wrong command line, 3 change points with --fail-on change,
130 interrupted.
\`aed <command> --help\` has examples.`,
    );
  const chosen = Object.entries(commands).filter(([name]) => names.includes(name));
  const created = await Promise.all(chosen.map(async ([, load]) => (await load())(context)));
  for (const command of created) program.addCommand(command);
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
  refuseRepeated(command);
  refuseContrary(command);
  command.configureHelp({ optionDescription: describeOption });
  command.exitOverride().configureOutput({
    writeOut: (text) => out.write(text),
    writeErr: (text) => error.write(text),
    getOutHelpWidth: () => (out.isTTY ? (out.columns ?? 80) : 100),
    outputError: (text, write) =>
      write(`${valueOnce(text.trimEnd()).replaceAll('\n', ' ')} (see ${pathOf(command)} --help)\n`),
  });
}

/** That a switch is off unless it is given needs no word. */
function describeOption(option: Option): string {
  return new Help().optionDescription(option).replace(/ \(default: false\)$/, '');
}

const ofArgument = /command-argument value '.*' is invalid for (argument '.*')(?=\. It must.*, got )/s;
const ofOption = / (?:argument|value) '.*' (?=is invalid\. It must.*, got )/s;

/** Commander names the value before a rule that names it again. */
function valueOnce(text: string): string {
  return ofArgument.test(text) ? text.replace(ofArgument, '$1 is invalid') : text.replace(ofOption, ' ');
}

/** A second value for one option would silently replace the first. Options with a list take several. */
function refuseRepeated(command: Command): void {
  for (const option of command.options.filter(takesOne)) {
    let isGiven = false;
    command.on(`option:${option.name()}`, () => {
      if (isGiven) command.error(`error: option '${option.flags}' is given more than once`);
      isGiven = true;
    });
  }
}

/** Of a switch and its opposite, as --header and --no-header, the last one would silently count. */
function refuseContrary(command: Command): void {
  for (const no of command.options.filter(({ negate }) => negate)) {
    const yes = command.options.find((one) => !one.negate && one.attributeName() === no.attributeName());
    if (yes === undefined) continue;
    let first: Option | undefined;
    for (const option of [yes, no])
      command.on(`option:${option.name()}`, () => {
        first ??= option;
        if (first !== option) command.error(`error: ${yes.long} and ${no.long} contradict each other`);
      });
  }
}

function takesOne({ required, defaultValue }: Option): boolean {
  return required && !Array.isArray(defaultValue);
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
