import { createHash } from 'node:crypto';

/** A frame around any message, with the checksum that belongs to it. */
export function kplFrame(...message: readonly number[]): Uint8Array {
  const body = Uint8Array.from(message);
  return Buffer.concat([
    Uint8Array.of(0xf3, 0x89, 0x9a, 0xc2),
    body,
    createHash('md5').update(body).digest(),
  ]);
}
