import { Command, InvalidArgumentError } from 'commander';
import { timeSpan } from '../../lambda/time-span.ts';
import { type CliContext, UsageError } from '../context.ts';
import { matchHelp } from '../rules/matched-series.ts';
import { listMutes, type MuteOptions, muteSeries, unmuteSeries } from '../rules/mute-actions.ts';
import { addRuleOptions, addTarget, type RuleOptions } from '../rules/open-rules.ts';
import { serviceHelp } from '../service/service.ts';

/** `aed mute`: people are not notified of changes of some series for a while. */
export function muteCommand(context: CliContext): Command {
  const command = new Command('mute').description(
    'Stops the notifications to people about one series, or about all that match a pattern, for some time. `aed mute list` lists the mutes.',
  );
  return addTarget(addRuleOptions(command, 'change', ['changePointsTable']))
    .option('--for <time>', 'how long, such as 30m, 8h or 7d', span)
    .addHelpText(
      'after',
      `
Changes are still found, stored, and published to machines, with \`muted\`. A mute holds for changes
that are found from 10 seconds later on.
${matchHelp}
${serviceHelp}

Examples:
  aed mute 'boiler-*' --for 8h
  aed mute list
  aed unmute 'boiler-*'`,
    )
    .allowExcessArguments()
    .action((series: string, options: MuteOptions, { args: [, ...others] }: Command) => {
      const [other] = others;
      if (other !== undefined)
        throw new UsageError(
          `mute takes one series or pattern, and its time by --for, such as --for 8h; got '${other}' beside it`,
        );
      if (options.for !== undefined) return muteSeries(series, options.for, options, context);
      // With --for it is a series of that name.
      if (series === 'list') return listMutes(options, context);
      throw new UsageError('--for must be given, such as --for 8h');
    });
}

export function unmuteCommand(context: CliContext): Command {
  const command = new Command('unmute').description(
    'Ends the mute of exactly this name or pattern, before its time is over.',
  );
  return addTarget(addRuleOptions(command, 'read'))
    .addHelpText('after', `\n${serviceHelp}\n\nExample:\n  aed unmute 'boiler-*'`)
    .action((series: string, options: RuleOptions) => unmuteSeries(series, options, context));
}

function span(text: string): number {
  const milliseconds = timeSpan(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new InvalidArgumentError(`It must be a time such as 30m, 8h or 7d, got '${text}'.`);
}
