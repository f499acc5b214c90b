import { printable } from '../../lambda/printable.ts';
import { FailedError } from '../context.ts';

/** The error of a command that is given the name of no series. */
export function noSeries(seriesId: string): FailedError {
  return new FailedError(
    `the service has no series '${printable(seriesId)}'; \`aed series\` lists those that it has`,
  );
}
