import type { Writes } from '../../wire.ts';
import { apiAddress } from '../api-address.ts';

/** Sends a write. @throws Error that says why it was refused, or that the server was not reached */
export async function askWrite(path: string, body: object, { token }: Writes): Promise<void> {
  const answer = await fetch(apiAddress(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-aed-token': token },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Error('the server cannot be reached');
  });
  if (!answer.ok) throw new Error((await answer.text()).trim());
}
