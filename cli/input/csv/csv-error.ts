import type { CsvError } from 'csv-parse';
import { FailedError } from '../../context.ts';

const notClosed = 'a quote is opened and not closed';

/** What the codes of the parser mean to people. */
const reasons: Readonly<Record<string, string>> = {
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE:
    'text follows a closing quote, in a cell that begins with a quote; a quote inside of quotes is written twice',
  CSV_QUOTE_NOT_CLOSED: notClosed,
  CSV_MAX_RECORD_SIZE: `a row has more than 1,000,000 characters; most likely ${notClosed}`,
};

/**
 * The parser's error, for people.
 *
 * @param rowsBefore - rows of the file before the text that was parsed, if the row is to be named
 */
export function csvError(error: CsvError, rowsBefore?: number): FailedError {
  const { code, message, records } = error as CsvError & { readonly records?: number };
  const reason = reasons[code] ?? message.replace(/ at line \d+.*/, '');
  const where = rowsBefore === undefined ? '' : `, in row ${rowsBefore + Number(records) + 1}`;
  return new FailedError(`it is not CSV: ${reason}${where}`);
}
