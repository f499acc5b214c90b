import { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { addPutFlags, type PutFlags, putPlan } from '../put/put-flags.ts';
import { dryPut, putIntoStream } from '../put/run-put.ts';
import { addServiceOptions, findService, type ServiceOptions, serviceHelp } from '../service/service.ts';
import { withService } from '../service/with-service.ts';

export function putCommand(context: CliContext): Command {
  const command = new Command('put')
    .description('Puts the readings of a file into a service: CSV or JSON. `-` reads standard input.')
    .argument('<file>', 'rows of one series or of several, plain or in gzip, as `aed detect` reads them');
  addServiceOptions(command, ['stream']);
  return addPutFlags(command)
    .addHelpText(
      'after',
      `
${serviceHelp}

A file is read to its end before anything is put: if it cannot be read, nothing of it is put.
Standard input is read once, and put as it comes. The readings of a series are put in the order of
their times. A reading that is put twice counts once. So after an interruption you can run the same
command again; with the row or the time that it printed, it continues from there.

Each measured column is a series: <series>/<column> if there are several. A service that reads
several fields of each record (--value-field temperature,humidity) gets whole rows: records with
those columns, of which it makes <series>/temperature and <series>/humidity.

Examples:
  aed put readings.csv --dry-run                   what would be put
  aed put readings.csv                             into \`aed local\`
  aed put boiler.csv --column temp --series boiler-7 --time-zone Europe/Paris
  sensor | aed put - --series boiler-7             as it comes
  aed put readings.csv --as-recorded 60x           an hour of readings in a minute
  aed put rooms.csv --series-column room --column temperature --column humidity
  aed put rooms.csv --series-column room --value-field temperature,humidity
  aed put values.txt --start 2026-01-31T12:00:00Z --every 10s
  aed put big.csv.gz -r us-east-1 -s <StreamName> --rate 500
  aed put big.csv.gz -r us-east-1 -s <StreamName> --from-row 482001`,
    )
    .action((file: string, flags: PutFlags & ServiceOptions) => put(file, flags, context));
}

async function put(file: string, flags: PutFlags & ServiceOptions, context: CliContext): Promise<void> {
  const named = await findService(flags, []);
  const plan = putPlan(file, flags, named?.records);
  if (flags.dryRun) return dryPut(file, plan, flags.json, context);
  await withService(flags, ['stream'], context, ({ stream }, { kinesis: client }) =>
    putIntoStream(file, plan, { client, stream }, flags.json, context),
  );
}
