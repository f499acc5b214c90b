import { printable } from '../lambda/printable.ts';
import { FailedError } from './context.ts';

/** What a user can do about an error of the AWS SDK or the system, by its name or code. */
const advice: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there; start `aed local`, or check --endpoint',
  ENOSPC: 'the disk is full; free some space and start again: what was put is kept',
  EACCES: 'you have no permission for that',
  ENOTFOUND: 'there is no such host; check --endpoint and --region',
  ETIMEDOUT: 'the service does not answer; check --endpoint and --region',
  TimeoutError: 'the service does not answer; check --endpoint and --region',
  CredentialsProviderError:
    'no AWS credentials were found; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  UnrecognizedClientException: 'AWS does not know these credentials',
  ExpiredTokenException: 'the AWS credentials have expired; log in again',
  AccessDeniedException: 'the AWS credentials do not allow it',
  ResourceNotFoundException: 'check the names and --region; the outputs of the stack have them',
};

const notAws = 'the answer is not that of an AWS service; check --endpoint';

const noRegion =
  'no AWS region is set; give one with --region, or give no service options to use the service of `aed local`';

/** An answer that the AWS SDK cannot read. */
const unreadable = /\s*Deserialization error: to see the raw response.*$/s;

/** An error as one line for people. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error));
  if (error instanceof FailedError && error.cause !== undefined)
    return `${oneLine(error.message)}; the last failure was: ${describeError(error.cause)}`;
  const { code } = error as NodeJS.ErrnoException;
  const known = advice[code ?? ''] ?? advice[error.name];
  if (unreadable.test(error.message)) return `${oneLine(error.message.replace(unreadable, ''))} (${notAws})`;
  if (/^Region is missing/.test(error.message)) return noRegion;
  if (code === 'EADDRINUSE') return portTaken(error);
  // Node tries each address of a host. If all fail, its error has no message of its own.
  const message = error.message === '' ? firstMessage(error) : error.message;
  return `${oneLine(message)}${known === undefined ? '' : ` (${known})`}`;
}

/** Node's own message has no advice, and says "listen EADDRINUSE". */
function portTaken({ address, port }: NodeJS.ErrnoException & { address?: string; port?: number }): string {
  return `port ${port} of ${address} is taken by another program; choose another one with --port`;
}

function firstMessage(error: Error): string {
  const [first] = error instanceof AggregateError ? error.errors : [];
  return first instanceof Error ? first.message : error.name;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
