import { CommanderError } from 'commander';
import {
  ChangesFoundError,
  type CliContext,
  exitCodes,
  OutputFailedError,
  ReaderGoneError,
  UsageError,
} from './context.ts';
import { describeError } from './describe-error.ts';
import { byFlags } from './flag-name.ts';

/**
 * Prints to standard error what ended a command, in one line.
 *
 * @returns the exit code
 */
export function tellFailure(
  failure: unknown,
  { error, signal }: Pick<CliContext, 'error' | 'signal'>,
): number {
  // Commander has printed it already.
  if (failure instanceof CommanderError) return failure.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (signal.reason instanceof ReaderGoneError) return exitCodes.ok;
  if (signal.reason instanceof OutputFailedError) return exitCodes.failure;
  if (signal.aborted) {
    error.write('stopped\n');
    return exitCodes.interrupted;
  }
  if (failure instanceof ChangesFoundError) {
    error.write(`${failure.message}\n`);
    return exitCodes.changed;
  }
  const described = describeError(failure);
  error.write(`error: ${failure instanceof RangeError ? byFlags(described) : described}\n`);
  return isOfUsage(failure) ? exitCodes.usage : exitCodes.failure;
}

/** An option that breaks its rule is told as `alpha must be …, got …`. The engine's own RangeErrors, as of a text too long, are not. */
function isOfUsage(failure: unknown): boolean {
  return (
    failure instanceof UsageError ||
    (failure instanceof RangeError && / must .*, got /s.test(failure.message))
  );
}
