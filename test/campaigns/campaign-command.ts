import { Command } from 'commander';
import { exitCodes } from '../../cli/context.ts';

/** The command line of a campaign: with `--help`, and an exit code of its own for a wrong one. */
export function campaignCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .showHelpAfterError(`(see ${name} --help)`)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.ok : exitCodes.usage));
}
