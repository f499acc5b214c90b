import type { Command } from 'commander';
import { realBackoff } from '../../lambda/backoff.ts';
import { documentClient } from '../../lambda/document-client.ts';
import type { RuleParts } from '../../lambda/rules/change-rule.ts';
import { type RuleTarget, ruleTarget } from '../../lambda/rules/rule-target.ts';
import { rulesTable } from '../../lambda/rules/rules-table.ts';
import type { Clients } from '../../local/clients.ts';
import { userName } from '../../local/user-name.ts';
import type { CliContext } from '../context.ts';
import {
  addServiceOptions,
  type Service,
  type ServiceOptions,
  type ServicePart,
} from '../service/service.ts';
import { withService } from '../service/with-service.ts';

export interface RuleOptions extends ServiceOptions {
  readonly exact?: boolean;
  readonly by?: string;
  readonly json: boolean;
}

/** The rules of a service, and the service. */
export interface OpenRules {
  readonly parts: RuleParts;
  readonly clients: Clients;
  readonly service: Service;
}

/** Opens the service that the options name, for as long as the work takes. */
export async function withRules(
  options: RuleOptions,
  context: CliContext,
  work: (rules: OpenRules) => Promise<void>,
  more: readonly ServicePart[] = [],
): Promise<void> {
  await withService(options, ['rulesTable', ...more], context, (service, clients) => {
    const { rulesTable: tableName = '' } = service;
    const client = documentClient(clients.dynamoDb);
    const parts = {
      table: rulesTable(client, tableName),
      by: options.by ?? userName(context.environment) ?? 'unknown',
      clock: () => new Date(),
      backoff: realBackoff,
    };
    return work({ parts, clients, service });
  });
}

/** Adds what the commands have in common. @param change - whether the command changes rules */
export function addRuleOptions(
  command: Command,
  change: 'change' | 'read',
  more: readonly ServicePart[] = [],
): Command {
  addServiceOptions(command, ['rulesTable', ...more]).optionsGroup('Options:');
  if (change === 'change')
    command.option('--by <name>', 'who makes the change (default: the name of the user)');
  return command.option('--json', 'one JSON object a line', false);
}

/** Adds the argument that names series. */
export function addTarget(command: Command): Command {
  return command
    .argument(
      '<series>',
      'name of a series, or a pattern in which * stands for any text and ? for any character',
    )
    .option('--exact', 'take it as the name of one series, even with * or ? in it', false);
}

export function targetIn(text: string, { exact }: RuleOptions): RuleTarget {
  return ruleTarget(text, exact);
}
