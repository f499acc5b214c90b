import type { CliContext } from './context.ts';
import { jsonLine, stylesFor, write } from './output.ts';
import type { Score } from './score.ts';
import { table } from './table.ts';
import {
  comparisonHead,
  comparisonRows,
  scoreLine,
  type ValidatedChange,
  type Validation,
} from './validation.ts';

/** The comparison on standard output. */
export async function showValidation(
  validation: Validation,
  asJson: boolean,
  { out, environment }: Pick<CliContext, 'out' | 'environment'>,
): Promise<void> {
  const { seriesId, seed, options, where, events, aed, service, agrees } = validation;
  if (asJson) {
    const result = {
      seriesId,
      seed,
      options,
      where,
      readings: events.length,
      agrees,
      aed: plain(aed),
      service: plain(service),
    };
    return write(out, jsonLine(result));
  }
  const { bold } = stylesFor(out, environment);
  const rows = comparisonRows(validation);
  const lines = [
    `${bold(`${events.length} readings`)} through ${where}, as ${seriesId}; again with --seed ${seed}`,
    rows.length === 0 ? 'The level never shifted, and no change was found.' : table(comparisonHead, rows),
    `AED:     ${scoreLine(aed)}`,
    `service: ${scoreLine(service)}`,
    agrees ? 'Both found the same change points.' : 'They found different change points.',
  ];
  await write(out, `${lines.join('\n')}\n`);
}

function plain({ shifts, restarts, spurious, ...counts }: Score<ValidatedChange>) {
  return { ...counts, shifts, restarts, spurious };
}
