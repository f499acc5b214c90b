import { type CliContext, exitCodes } from '../../cli/context.ts';
import { tellFailure } from '../../cli/tell-failure.ts';
import { evaluateCommand } from './command.ts';

/**
 * Runs the evaluation.
 *
 * @param args - without the program's own name
 * @returns the exit code; an error is printed to standard error
 */
export async function runEvaluate(args: readonly string[], context: CliContext): Promise<number> {
  const { out, error } = context;
  try {
    await evaluateCommand(context)
      .exitOverride()
      .configureOutput({ writeOut: (text) => out.write(text), writeErr: (text) => error.write(text) })
      .parseAsync([...args], { from: 'user' });
    return exitCodes.ok;
  } catch (failure) {
    return tellFailure(failure, context);
  }
}
