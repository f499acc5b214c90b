import { CommanderError } from 'commander';
import { type CliContext, exitCodes, UsageError } from '../../cli/context.ts';
import { describeError } from '../../cli/describe-error.ts';
import { evaluateCommand } from './command.ts';

/**
 * Runs the evaluation.
 *
 * @param args - without the program's own name
 * @returns the exit code; an error is printed to standard error
 */
export async function runEvaluate(args: readonly string[], context: CliContext): Promise<number> {
  const { out, error, signal } = context;
  try {
    await evaluateCommand(context)
      .exitOverride()
      .configureOutput({ writeOut: (text) => out.write(text), writeErr: (text) => error.write(text) })
      .parseAsync([...args], { from: 'user' });
    return exitCodes.ok;
  } catch (failure) {
    // Commander has printed it already.
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (signal.aborted) {
      error.write('stopped\n');
      return exitCodes.interrupted;
    }
    error.write(`error: ${describeError(failure)}\n`);
    return failure instanceof UsageError || failure instanceof RangeError
      ? exitCodes.usage
      : exitCodes.failure;
  }
}
