/**
 * A cell of a CSV file. Source: RFC 4180.
 *
 * A text that a spreadsheet would take for a formula gets an apostrophe before it: names of series, ids and notes come from
 * anybody. Numbers stay as they are, with their sign. Source: OWASP, "CSV Injection",
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

const mostNameCharacters = 80;

/**
 * The header that names a download: a name that every file system takes, and the name as it is for browsers that read it.
 *
 * Source: RFC 6266, section 4.3, and RFC 8187 for `filename*`.
 */
export function attachmentNamed(seriesId: string, what: string): string {
  const characters = [...seriesId.normalize('NFC')].map((one) => (/[\p{L}\p{N}._-]/u.test(one) ? one : '_'));
  // No leading dot, and no name that Windows keeps for itself: `what` follows the name.
  const name = `aed-${characters.slice(0, mostNameCharacters).join('')}-${what}.csv`;
  const ascii = name.replaceAll(/[^\x20-\x7e]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed());
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
