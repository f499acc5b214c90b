import type { Command } from 'commander';
import { Option } from 'commander';
import type { RecordSettings } from '../../lambda/record-settings.ts';
import type { Endpoints } from '../../local/clients.ts';
import { names } from '../../local/resources.ts';
import { topicArn } from '../arguments.ts';
import { UsageError } from '../context.ts';
import { readLocalState } from './state-file.ts';

/** A service to talk to: a deployed one, or one on this machine. */
export interface Service {
  readonly region?: string;
  /** Endpoints, if they are not those of AWS. */
  readonly endpoints?: Endpoints;
  readonly stream?: string;
  readonly eventsTable?: string;
  readonly changePointsTable?: string;
  readonly rulesTable?: string;
  readonly topicArn?: string;
  /** How its recorder finds events in records, if that is known. */
  readonly records?: RecordSettings;
}

/** The parts of a service that commands need, and the options that name them. */
const optionOf = {
  stream: '--stream',
  eventsTable: '--events-table',
  changePointsTable: '--change-points-table',
  rulesTable: '--rules-table',
  topicArn: '--topic',
} as const;

/** The outputs of the stack that have their names. */
const outputOf: Readonly<Record<keyof typeof optionOf, string>> = {
  stream: 'StreamName',
  eventsTable: 'EventsTableName',
  changePointsTable: 'ChangePointsTableName',
  rulesTable: 'RulesTableName',
  topicArn: 'TopicArn',
};

export type ServicePart = keyof typeof optionOf;

/** A service of which some parts are known. */
export type FoundService<Part extends ServicePart> = Service & Required<Pick<Service, Part>>;

const allParts = Object.keys(optionOf) as readonly ServicePart[];

export interface ServiceOptions {
  readonly region?: string;
  readonly endpoint?: string;
  readonly stream?: string;
  readonly eventsTable?: string;
  readonly changePointsTable?: string;
  readonly rulesTable?: string;
  readonly topic?: string;
}

/** What every help text says about these options. */
export const serviceHelp =
  'Without service options, the command uses the service that `aed local` runs on this machine. For a\n' +
  'deployed service, give the outputs of its stack.';

/** Adds the options that name a service: only those for the parts that the command needs. */
export function addServiceOptions(command: Command, parts: readonly ServicePart[]): Command {
  command
    .optionsGroup('Service:')
    .option('-r, --region <name>', 'AWS region of the service')
    .addOption(
      new Option('--endpoint <url>', 'URL of the AWS services, such as that of an emulator').argParser(url),
    );
  if (parts.includes('stream')) {
    command.addOption(new Option('-s, --stream <name>', 'name of the Kinesis stream').env('AED_STREAM'));
  }
  if (parts.includes('eventsTable')) {
    command.addOption(
      new Option('--events-table <name>', 'name of the events table').env('AED_EVENTS_TABLE'),
    );
  }
  if (parts.includes('changePointsTable')) {
    command.addOption(
      new Option('--change-points-table <name>', 'name of the change-points table').env(
        'AED_CHANGE_POINTS_TABLE',
      ),
    );
  }
  if (parts.includes('rulesTable')) {
    command.addOption(
      new Option('--rules-table <name>', 'name of the table of rules').env('AED_RULES_TABLE'),
    );
  }
  if (parts.includes('topicArn')) {
    command.addOption(
      new Option('--topic <arn>', 'ARN of the topic of change points').env('AED_TOPIC').argParser(topicArn),
    );
  }
  return command;
}

/** A parser for commander. @throws UsageError if the text is not an HTTP URL */
export function url(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw new UsageError(`--endpoint must be a URL such as http://127.0.0.1:4566, got '${text}'`);
}

/**
 * Finds the service that the options name. An endpoint alone means a service whose parts have the names of `aed local`. No option
 * means the service that `aed local` runs.
 *
 * @returns the service with all the parts asked for, or `undefined` if nothing is named and none runs here
 * @throws UsageError naming the option that is missing
 */
export async function findService<Part extends ServicePart>(
  options: ServiceOptions,
  parts: readonly Part[],
): Promise<FoundService<Part> | undefined> {
  const { topic, endpoint, ...given } = options;
  const named = { ...given, ...(topic !== undefined && { topicArn: topic }) };
  const isNamed =
    endpoint !== undefined ||
    options.region !== undefined ||
    allParts.some((part) => named[part] !== undefined);
  if (!isNamed) return complete(await readLocalState(), parts);
  const service: Service = {
    ...(endpoint !== undefined && { ...localParts, endpoints: everywhere(endpoint) }),
    ...named,
  };
  return complete(service, parts);
}

/** The default names of the parts. */
const localParts: Service = {
  stream: names.stream,
  eventsTable: names.eventsTable,
  changePointsTable: names.changePointsTable,
  rulesTable: names.rulesTable,
  topicArn: `arn:aws:sns:us-east-1:000000000000:${names.topic}`,
};

function everywhere(endpoint: string): Endpoints {
  return { kinesis: endpoint, dynamoDb: endpoint, messaging: endpoint };
}

function complete<Part extends ServicePart>(service: Service | undefined, parts: readonly Part[]) {
  if (service === undefined) return undefined;
  const missing = parts.filter((part) => service[part] === undefined);
  if (missing.length > 0) {
    const flags = missing.map((part) => optionOf[part]).join(' and ');
    const outputs = missing.map((part) => outputOf[part]).join(' and ');
    throw new UsageError(`${flags} must be given as well; the stack has ${outputs} among its outputs`);
  }
  return service as FoundService<Part>;
}
