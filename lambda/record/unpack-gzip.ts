import { gunzipSync } from 'node:zlib';

export type Unpacked =
  | { readonly ok: true; readonly data: Uint8Array }
  | { readonly ok: false; readonly reason: 'bad-gzip' | 'too-large'; readonly detail: string };

/** Whether data is in gzip, by its first bytes. No UTF-8 text starts with them. */
export function isGzip(data: Uint8Array): boolean {
  return data[0] === 0x1f && data[1] === 0x8b;
}

/**
 * An unpacker for the data of one record. Never throws.
 *
 * @param mostBytes - of all that it unpacks: a few bytes can be gigabytes unpacked
 */
export function gzipUnpacker(mostBytes: number): (data: Uint8Array) => Unpacked {
  let left = mostBytes;
  return (data) => {
    const tooLarge = {
      ok: false,
      reason: 'too-large',
      detail: `the record is more than ${mostBytes} bytes when unpacked`,
    } as const;
    if (left === 0) return tooLarge;
    try {
      const unpacked = gunzipSync(data, { maxOutputLength: left });
      left -= unpacked.length;
      return { ok: true, data: unpacked };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ERR_BUFFER_TOO_LARGE') {
        left = 0;
        return tooLarge;
      }
      return { ok: false, reason: 'bad-gzip', detail: `the record is damaged, as gzip: ${message}` };
    }
  };
}
