import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import { shortIso } from '../../lambda/times.ts';
import type { CliContext } from '../context.ts';
import { jsonLine, stylesFor, write } from '../output.ts';
import { table } from '../table.ts';
import type { Produced } from './send-events.ts';
import type { TrueChange } from './traffic.ts';

/** More changes than this are counted, not listed; `--json` has them all. */
const mostListed = 40;

/** Prints what was sent, and the true changes. */
export async function showProduced(
  produced: Produced & { readonly seed: number; readonly changes: readonly TrueChange[] },
  asJson: boolean,
  { out, environment }: Pick<CliContext, 'out' | 'environment'>,
): Promise<void> {
  const { changes, ...summary } = produced;
  if (asJson) {
    for (const change of changes) await write(out, jsonLine({ type: 'trueChange', ...change }));
    await write(out, jsonLine({ type: 'summary', ...summary, trueChanges: changes.length }));
    return;
  }
  const { bold } = stylesFor(out, environment);
  const { events, records, target, seconds, seed } = produced;
  const inRecords =
    records === undefined || records === events ? '' : ` in ${plain.counted(records, 'record')}`;
  const lines = [
    `${bold(plain.counted(events, 'reading'))}${inRecords} to ${target} in ${seconds.toFixed(1)} s; repeat it with --seed ${seed}`,
    changes.length === 0
      ? 'The level never shifted.'
      : table(['series', 'reading', 'time', 'level moved by'], changes.slice(0, mostListed).map(row)),
    ...(changes.length > mostListed
      ? [`and ${changes.length - mostListed} more (--json lists them all)`]
      : []),
  ];
  await write(out, `${lines.join('\n')}\n`);
}

function row({ seriesId, reading, time: at, shift }: TrueChange): readonly string[] {
  return [
    printable(seriesId),
    String(reading),
    shortIso(at),
    shift === undefined ? 'generation restarted' : plain.signed(shift),
  ];
}
