import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The path at which a local service proves who it is. The question follows. */
export const proofPath = '/aed/proof/';

const bytes = 32;
const hexQuestion = new RegExp(`^[0-9a-f]{${2 * bytes}}$`);

/** A secret that a local service shares with the commands of its user. */
export const newSecret = (): string => randomBytes(bytes).toString('hex');

/**
 * The answer to a question, which only the holder of the secret knows. Whoever hears it cannot answer the next question.
 *
 * @returns `undefined` if the question has another form than those of `isProven`
 */
export function proofOf(secret: string, question: string): string | undefined {
  return hexQuestion.test(question) ? createHmac('sha256', secret).update(question).digest('hex') : undefined;
}

/** A busy service answers late: its functions run in the same process. */
const longestMs = 10_000;

/**
 * Whether the service at an address holds the secret. Another program that has its port by now does not.
 *
 * @returns `undefined` if it has not answered within `patienceMs`
 */
export async function isProven(
  endpoint: string,
  secret: string,
  patienceMs = longestMs,
): Promise<boolean | undefined> {
  const question = newSecret();
  const signal = AbortSignal.timeout(patienceMs);
  try {
    const response = await fetch(new URL(proofPath + question, endpoint), { signal, redirect: 'error' });
    const expected = Buffer.from(proofOf(secret, question) ?? '');
    const answer = await firstBytes(response, expected.length + 1);
    return answer.length === expected.length && timingSafeEqual(answer, expected);
  } catch {
    return signal.aborted ? undefined : false;
  }
}

/** The start of an answer: another program may send without end. */
async function firstBytes({ body }: Response, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  // Who stops reading before the end closes the connection.
  for await (const piece of body ?? []) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= most) break;
  }
  return Buffer.concat(pieces);
}
