import type { OptionName } from '@aed/core';
import { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { addDetectorOptions, type DetectorTexts } from '../detector-options.ts';
import { type GetOptions, getOptions } from '../rules/get-options.ts';
import { addOptionNames } from '../rules/given-options.ts';
import { matchHelp } from '../rules/matched-series.ts';
import { addRuleOptions, addTarget, type RuleOptions } from '../rules/open-rules.ts';
import { listOptions, setRule, unsetRule } from '../rules/option-actions.ts';
import { serviceHelp } from '../service/service.ts';

/** `aed options`: options of one series, or of all that match a pattern. */
export function optionsCommand(context: CliContext): Command {
  const command = new Command('options').description(
    'Lists, shows, sets and unsets the options of one series of a service, or of all that match a pattern.',
  );
  return command
    .addCommand(listCommand(context))
    .addCommand(getCommand(context))
    .addCommand(setCommand(context))
    .addCommand(unsetCommand(context))
    .addHelpText(
      'after',
      `
The most exact rule that matches a series gives its options: first the rule of exactly its name,
then options in its HEAD, then the pattern with the most literal characters. What that rule leaves
out is as the service has it. A change holds for events from 10 seconds later on.

${serviceHelp}

Examples:
  aed options set 'boiler-*' --practical-threshold 2
  aed options get boiler-7
  aed options unset 'boiler-*'`,
    );
}

function listCommand(context: CliContext): Command {
  const command = new Command('list').description('Lists all rules, the most exact first.');
  return addRuleOptions(command, 'read')
    .addHelpText('after', `\n${serviceHelp}\n\nExample:\n  aed options list --json | jq -r .pattern`)
    .action((options: RuleOptions) => listOptions(options, context));
}

function getCommand(context: CliContext): Command {
  const command = new Command('get').description(
    'Shows which options a series has and where they come from, or the rule of a pattern.',
  );
  return addTarget(addRuleOptions(command, 'read', ['changePointsTable']))
    .option(
      '--history',
      'also the versions of the rule of exactly this name or pattern, the newest first',
      false,
    )
    .addHelpText('after', `\n${serviceHelp}\n\nExample:\n  aed options get 'boiler-*' --history`)
    .action((series: string, options: GetOptions) => getOptions(series, options, context));
}

function setCommand(context: CliContext): Command {
  const command = new Command('set').description(
    'Sets options of one series or of a pattern. Other options of its rule stay as they are.',
  );
  return addDetectorOptions(addTarget(addRuleOptions(command, 'change', ['changePointsTable'])), 'points', {
    areOfService: true,
  })
    .addHelpText(
      'after',
      `${matchHelp}\n${serviceHelp}\n\nExample:\n  aed options set boiler-7 --practical-threshold 5 --by ann`,
    )
    .action((series: string, options: RuleOptions & DetectorTexts) => setRule(series, options, context));
}

function unsetCommand(context: CliContext): Command {
  const command = new Command('unset').description(
    'Removes the rule of one series or of a pattern, or single options from it.',
  );
  return addOptionNames(addTarget(addRuleOptions(command, 'change')))
    .addHelpText('after', `\n${serviceHelp}\n\nExample:\n  aed options unset boiler-7 --practical-threshold`)
    .action((series: string, options: RuleOptions & Partial<Record<OptionName, unknown>>) =>
      unsetRule(series, options, context),
    );
}
