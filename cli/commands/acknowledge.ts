import { Command } from 'commander';
import { acknowledgementOf } from '../../lambda/acknowledgement.ts';
import { timeOfEventKey } from '../../lambda/event.ts';
import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import { destroyClients } from '../../local/clients.ts';
import { type CliContext, FailedError } from '../context.ts';
import { jsonLine, write } from '../output.ts';
import { acknowledgeSeries, ownName } from '../service/acknowledging.ts';
import { clientsFor } from '../service/clients.ts';
import {
  addServiceOptions,
  findService,
  noService,
  type ServiceOptions,
  serviceHelp,
} from '../service/service.ts';
import { storedChangePoints } from '../service/stored-series.ts';

interface AcknowledgeOptions extends ServiceOptions {
  readonly note?: string;
  readonly by: string;
  readonly json: boolean;
}

export function acknowledgeCommand(context: CliContext): Command {
  const command = new Command('acknowledge')
    .description('Takes note of the change points of a series: the live page shows it in red until then.')
    .argument('<series>', 'name of the series');
  return addServiceOptions(command, ['changePointsTable'])
    .optionsGroup('Options:')
    .option('--note <text>', 'what you know of the change; stored with it')
    .option('--by <name>', 'who takes note', ownName())
    .option('--json', 'one JSON object a line: each change point that was acknowledged', false)
    .addHelpText(
      'after',
      `
${serviceHelp}

A change point that somebody has acknowledged already keeps that name and note. \`aed history\`
shows them.

Examples:
  aed acknowledge boiler-7
  aed acknowledge boiler-7 --note 'valve exchanged' --by Ada`,
    )
    .action((seriesId: string, options: AcknowledgeOptions) => acknowledgeAll(seriesId, options, context));
}

async function acknowledgeAll(
  seriesId: string,
  { by, note, json, ...options }: AcknowledgeOptions,
  context: CliContext,
): Promise<void> {
  const acknowledgement = acknowledgementOf({ by, note }, new Date());
  const service = await findService(options, ['changePointsTable']);
  if (service === undefined) throw noService();
  const clients = clientsFor(service, context.environment);
  try {
    const { dynamoDb } = clients;
    const noted = await acknowledgeSeries(dynamoDb, service.changePointsTable, seriesId, acknowledgement);
    const stored = storedChangePoints(dynamoDb, service.changePointsTable, context.signal);
    if (noted.length === 0 && (await stored.head(seriesId)) === undefined) {
      throw new FailedError(
        `the service has no series '${printable(seriesId)}'; \`aed series\` lists those that it has`,
      );
    }
    const lines = noted.map(({ eventKey }) =>
      jsonLine({
        type: 'acknowledged',
        seriesId,
        eventKey,
        knownAt: timeOfEventKey(eventKey),
        ...acknowledgement,
      }),
    );
    const counted = `acknowledged ${plain.counted(noted.length, 'change point')} of ${printable(seriesId)}`;
    await write(context.out, json ? lines.join('') : `${counted}\n`);
  } finally {
    destroyClients(clients);
  }
}
