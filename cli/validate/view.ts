import { plain } from '../../lambda/figures.ts';
import type { CliContext } from '../context.ts';
import { jsonLine, stylesFor, write } from '../output.ts';
import { table } from '../table.ts';
import type { Score } from './score.ts';
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
  const { seriesId, seed, options, where, events, aed, service, agrees, sameOptions } = validation;
  if (asJson) {
    const result = {
      seriesId,
      seed,
      options,
      where,
      readings: events.length,
      sameOptions,
      agrees,
      aed: countsFirst(aed),
      service: countsFirst(service),
    };
    return write(out, jsonLine(result));
  }
  const { bold } = stylesFor(out, environment);
  const rows = comparisonRows(validation);
  const lines = [
    `${bold(plain.counted(events.length, 'reading'))} through ${where}, as ${seriesId}; repeat it with --seed ${seed}`,
    rows.length === 0 ? 'The level never shifted, and no change was found.' : table(comparisonHead, rows),
    `AED:     ${scoreLine(aed)}`,
    `service: ${scoreLine(service)}`,
    agreement(validation),
  ];
  await write(out, `${lines.join('\n')}\n`);
}

function agreement({ agrees, sameOptions }: Validation): string {
  if (agrees) return 'Both found the same change points.';
  if (sameOptions) return 'They found different change points.';
  return 'They found different change points. They may, because the service used its own options (--no-own-options).';
}

function countsFirst({ shifts, restarts, spurious, ...counts }: Score<ValidatedChange>) {
  return { ...counts, shifts, restarts, spurious };
}
