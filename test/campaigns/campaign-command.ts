import { Command } from 'commander';
import { exitCodes } from '../../cli/context.ts';

/** The command line of a campaign. It has `--help`, and exits with 2 if the command line is wrong. */
export function campaignCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .showHelpAfterError(`(see ${name} --help)`)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.ok : exitCodes.usage));
}
