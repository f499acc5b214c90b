import { randomUUID } from 'node:crypto';

/** A Lambda function's handler. */
export type Handler<Event> = (event: { Records: Event[] }, context: InvocationContext) => Promise<unknown>;

/** The part of Lambda's context that handlers get here. */
export interface InvocationContext {
  readonly functionName: string;
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** The function did not answer in time. Unlike in Lambda, it keeps running. */
export class FunctionTimeoutError extends Error {
  override readonly name = 'FunctionTimeoutError';
}

/** One invocation. @throws what the handler throws; FunctionTimeoutError after the time-out */
export async function invoke<Event>(
  handler: Handler<Event>,
  records: readonly Event[],
  functionName: string,
  timeoutSeconds: number,
): Promise<unknown> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  const context = {
    functionName,
    awsRequestId: randomUUID(),
    getRemainingTimeInMillis: () => deadline - performance.now(),
  };
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new FunctionTimeoutError(`${functionName} took longer than ${timeoutSeconds} s`)),
      timeoutSeconds * 1000,
    );
  });
  try {
    return await Promise.race([handler({ Records: [...records] }, context), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
