import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Dataset, Reading } from './dataset.ts';

/** A number as in JSON; a plus sign and a leading point are also allowed. Not hexadecimal, not NaN. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const columns = ['seriesId', 'timestamp', 'value'] as const;

/**
 * The readings of a CSV file. It has the columns `seriesId`, `timestamp` and `value` in any order, and may have `eventId`.
 *
 * Only the form of the file is checked here. A row with a bad or missing value or time is a reading like any other: the recorder
 * sets it aside and says why.
 *
 * @throws Error naming the file and what is wrong with it
 */
export async function csvFile(path: string): Promise<Dataset> {
  const rows = parseRows(path, await readText(path));
  const header = rows[0];
  if (header === undefined)
    throw new Error(`${path} is empty; it must have the columns ${columns.join(',')}`);
  const [seriesAt, timestampAt, valueAt] = columns.map((name) => header.indexOf(name));
  const eventIdAt = header.indexOf('eventId');
  if (seriesAt === -1 || timestampAt === -1 || valueAt === -1) {
    const found = header.join(',');
    throw new Error(
      `${path} must have the columns ${columns.join(',')}, separated by commas; its first line is ` +
        `${found.length <= 100 ? found : `${found.slice(0, 100)}…`}`,
    );
  }
  const twice = [...columns, 'eventId'].find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice !== undefined) throw new Error(`${path} must have one column ${twice}, but has several`);
  const readings = rows.slice(1).map((row): Reading => {
    const cell = (index: number | undefined) => row[index ?? -1] ?? '';
    return {
      seriesId: cell(seriesAt),
      timestamp: numberOrText(cell(timestampAt)),
      value: numberOrText(cell(valueAt)),
      ...(eventIdAt !== -1 && { eventId: cell(eventIdAt) }),
    };
  });
  if (readings.length === 0) throw new Error(`${path} has a header but no reading`);
  return { title: path, unit: '', readings, practicalThreshold: 0 };
}

async function readText(path: string): Promise<string> {
  try {
    return decode(await readFile(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const wordsForCode: Record<string, string> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a folder',
    };
    const reason = wordsForCode[code ?? ''] ?? (error as Error).message;
    throw new Error(`cannot read ${path === '' ? "''" : path}: ${reason}`, { cause: error });
  }
}

/** @throws Error if the text is in UTF-16, as some spreadsheets save it */
function decode(bytes: Buffer): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) throw new Error('it is in UTF-16; save it as UTF-8');
  return bytes.toString('utf8');
}

function parseRows(path: string, text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
    });
  } catch (error) {
    throw new Error(`${path} is not a CSV file: ${(error as Error).message}`, { cause: error });
  }
}

function numberOrText(text: string): number | string {
  return decimal.test(text) ? Number(text) : text;
}
