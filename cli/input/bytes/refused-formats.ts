import { FailedError } from '../../context.ts';

interface RefusedFormat {
  readonly starts: readonly number[];
  readonly is: string;
  readonly todo: string;
}

const asCsv = 'save the sheet as CSV (UTF-8)';
const asTable = 'export it as CSV or JSON Lines';

function bytesOf(text: string): readonly number[] {
  return [...Buffer.from(text, 'latin1')];
}

/** What is no text, by its first bytes, and what to do about it. */
const refused: readonly RefusedFormat[] = [
  { starts: [0xd0, 0xcf, 0x11, 0xe0], is: 'an old Excel workbook (.xls)', todo: asCsv },
  { starts: [0x50, 0x41, 0x52, 0x31], is: 'a Parquet file', todo: asTable },
  { starts: [0x42, 0x5a, 0x68], is: 'compressed with bzip2', todo: 'decompress it, such as with bzcat' },
  {
    starts: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    is: 'compressed with xz',
    todo: 'decompress it, such as with xzcat',
  },
  {
    starts: [0x28, 0xb5, 0x2f, 0xfd],
    is: 'compressed with zstd',
    todo: 'decompress it, such as with zstdcat',
  },
  { starts: [0x04, 0x22, 0x4d, 0x18], is: 'compressed with lz4', todo: 'decompress it, such as with lz4cat' },
  { starts: [0x1f, 0x9d], is: 'compressed with compress (.Z)', todo: 'decompress it, such as with zcat' },
  { starts: [0x1f, 0x8b], is: 'compressed twice', todo: 'decompress it once, such as with zcat' },
  { starts: [0x37, 0x7a, 0xbc, 0xaf], is: 'a 7-Zip archive', todo: 'unpack it' },
  { starts: bytesOf('SQLite format 3'), is: 'an SQLite database', todo: asTable },
  { starts: bytesOf('\x89HDF'), is: 'an HDF5 file', todo: asTable },
  { starts: bytesOf('CDF\x01'), is: 'a netCDF file', todo: asTable },
  { starts: bytesOf('MATLAB 5.0 MAT-file'), is: 'a MATLAB file (.mat)', todo: asTable },
  { starts: bytesOf('ARROW1\0'), is: 'an Arrow file', todo: asTable },
  { starts: bytesOf('Obj\x01'), is: 'an Avro file', todo: asTable },
  { starts: bytesOf('{\\rtf'), is: 'a document in RTF', todo: asTable },
  { starts: [0x25, 0x50, 0x44, 0x46], is: 'a PDF', todo: 'export the table as CSV' },
  { starts: [0xff, 0xfe, 0x00, 0x00], is: 'in UTF-32', todo: 'save it as UTF-8' },
];

const zip = [0x50, 0x4b, 0x03, 0x04];

/** @throws FailedError that names the format and says what to do, if the file is one that cannot be read */
export function refuseByFirstBytes(name: string, start: Buffer): void {
  const begins = (bytes: readonly number[]) => bytes.every((byte, index) => start[index] === byte);
  if (begins(zip)) {
    if (start.includes('opendocument.spreadsheet'))
      throw cannotRead(name, 'an OpenDocument spreadsheet (.ods)', asCsv);
    const isExcel =
      start.includes('xl/') ||
      start.includes('_rels/') ||
      start.includes('[Content_Types].xml') ||
      /\.xls[xm]$/i.test(name);
    throw cannotRead(
      name,
      isExcel ? 'an Excel workbook (.xlsx)' : 'a ZIP archive',
      isExcel ? asCsv : 'unpack it, such as with unzip -p',
    );
  }
  const known = refused.find(({ starts }) => begins(starts));
  if (known !== undefined) throw cannotRead(name, known.is, known.todo);
  const markup = /^\s*<(!doctype html|html|table|\?xml)/i.exec(start.toString('latin1'));
  if (markup !== null)
    throw cannotRead(
      name,
      markup[1] === '?xml' ? 'XML' : 'a page of HTML',
      'export its table as CSV or JSON Lines',
    );
  if (start.subarray(257, 262).toString('latin1') === 'ustar')
    throw cannotRead(name, 'a tar archive', 'unpack it, such as with tar -xOf');
}

export function cannotRead(name: string, is: string, todo: string): FailedError {
  return new FailedError(`${name} is ${is}; ${todo}`);
}
