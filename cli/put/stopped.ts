import { plain } from '../../lambda/figures.ts';
import { type CliContext, FailedError } from '../context.ts';
import { jsonLine, write } from '../output.ts';
import { flagOfPosition, type Position } from './position.ts';

/** How far a file was put when it was stopped. */
export interface Stop {
  /** Readings that the stream took. */
  readonly put: number;
  readonly position: Position;
  /** Whether it was standard input: a live source does not send again what it sent. */
  readonly isStandardInput: boolean;
  /** Readings that were left out. */
  readonly refused: number;
}

/** Says how to go on after Ctrl-C. */
export async function showStopped(
  stop: Stop,
  asJson: boolean,
  { out, error }: Pick<CliContext, 'out' | 'error'>,
): Promise<void> {
  error.write(`${howToGoOn(stop)}\n`);
  if (asJson) await write(out, jsonLine(stopLine(stop)));
}

function stopLine({ put, refused, position }: Stop) {
  return { type: 'stopped', put, refused, goOn: flagOfPosition(position) };
}

/** The error that ended it, with how to go on. */
export function stoppedBy(stop: Stop, cause: unknown): FailedError {
  return new FailedError(howToGoOn(stop), { cause });
}

function howToGoOn({ put, position, isStandardInput }: Stop): string {
  const condition = isStandardInput ? ' if the input comes again from its first row' : '';
  return `${plain.counted(put, 'reading')} put; go on with ${flagOfPosition(position)}${condition}: all before are in the stream, and what is put twice counts once`;
}
