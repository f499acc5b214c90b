import { FailedError } from '../context.ts';
import type { Input } from './open-input.ts';

/**
 * Reads an input to its end, or until its signal aborts: a row that is not whole by then is left out.
 *
 * @param onLull - is told when the input brings little
 * @throws what `read` and `onLull` throw
 */
export async function readToEnd(
  { stream, signal, lulls }: Pick<Input, 'stream' | 'signal' | 'lulls'>,
  read: () => Promise<void>,
  onLull: () => void,
): Promise<void> {
  const stop = () => stream.destroy(signal.reason);
  signal.addEventListener('abort', stop);
  // No event comes for what has happened before.
  if (signal.aborted) stop();
  const stopListening = lulls.listen(() => {
    try {
      onLull();
    } catch (error) {
      stream.destroy(error as Error);
    }
  });
  try {
    await read();
  } catch (error) {
    if (!signal.aborted || error instanceof FailedError) throw error;
  } finally {
    stopListening();
    signal.removeEventListener('abort', stop);
    // A stream that is left while more may come keeps the process alive.
    stream.destroy();
  }
}
