import { keptText } from './chosen/kept-text.ts';

const key = keptText('aed-key');

/** Takes the key out of the address that the command printed, so that no link that is shared has it. */
export function takeKey(): void {
  const address = new URL(location.href);
  const given = address.searchParams.get('key');
  if (given === null) return;
  key.set(given);
  address.searchParams.delete('key');
  history.replaceState(null, '', address);
}

/** The address of something that the server tells or does. */
export function apiAddress(path: string, fields: Readonly<Record<string, string>> = {}): string {
  const known = key.get();
  const query = new URLSearchParams({ ...fields, ...(known !== '' && { key: known }) }).toString();
  return query === '' ? path : `${path}?${query}`;
}
