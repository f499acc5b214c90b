import { crc32 } from 'node:zlib';

/** What a line of a journal says: the value of a key, or that it has none any more. */
export type Change = readonly [key: string, ...values: unknown[]];

/** JSON, a tab and the CRC-32 of the JSON. */
export function lineOf(change: Change): Buffer {
  const json = JSON.stringify(change);
  return Buffer.from(`${json}\t${checksumOf(json)}\n`);
}

function checksumOf(json: string | Buffer): string {
  return crc32(json).toString(16).padStart(8, '0');
}

const checksumBytes = '\t01234567\n'.length;

/** The JSON of a line. Lines of earlier versions have no checksum. @throws Error if it is not what was written */
function contentOf(line: Buffer): string {
  const [, checksum] = /^\t([0-9a-f]{8})\n$/.exec(line.toString('latin1', line.length - checksumBytes)) ?? [];
  if (checksum === undefined) return line.toString();
  const json = line.subarray(0, -checksumBytes);
  if (checksumOf(json) !== checksum) throw new Error('its checksum is another one');
  return json.toString();
}

/** The change in a line. @throws Error if the line is damaged */
export function changeIn(line: Buffer): Change {
  const read: unknown = JSON.parse(contentOf(line));
  if (Array.isArray(read) && typeof read[0] === 'string' && read.length <= 2)
    return read as [string, ...unknown[]];
  throw new Error('it is no change of a value');
}
