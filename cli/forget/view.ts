import { plain } from '../../lambda/figures.ts';
import { printable, withoutControls } from '../../lambda/printable.ts';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import type { Forgotten, HeldOfSeries } from './forget-series.ts';

/** What there is of a series, for people. */
export function heldText(seriesId: string, held: HeldOfSeries): string {
  const name = printable(seriesId);
  if (isNothing(held)) return `${nothingOf(seriesId)}\n`;
  return `the service holds of ${name}: ${listed(held)}\nNothing is deleted yet. Stop what puts its readings, then add --yes.\n`;
}

/** What was deleted, and what remains, for people. @param isLocal - of a service on this machine, which has no backups and logs, and lets nothing expire */
export function forgottenText(
  seriesId: string,
  { deleted, inseparable, tooLarge }: Forgotten,
  isLocal = false,
): string {
  const name = printable(seriesId);
  const done = isNothing(deleted) ? nothingOf(seriesId) : `deleted of ${name}: ${listed(deleted)}`;
  const left = [
    leftObjects('hold it beside others, and cannot be cut', inseparable, isLocal),
    leftObjects('may hold it, and are too large to be read', tooLarge, isLocal),
  ];
  return `${done}\n${left.join('')}${isLocal ? remainsHere : remainsOnAws}\n`;
}

const remainsOnAws = `What remains for a time: records in the stream until its retention ends, changes in the stream of the events
table for 24 hours, backups of the tables for 35 days, names of series in logs for ${deploymentLimits.logRetentionDays} days, and what was published.`;

const remainsHere = `What remains until the service ends, or with --data until its folder is deleted: records in the stream, for a year at
most, and notifications that nobody has taken. What was printed and published is not undone.`;

function leftObjects(what: string, keys: readonly string[], isLocal: boolean): string {
  if (keys.length === 0) return '';
  const until = isLocal ? 'They stay' : `They go after ${deploymentLimits.quarantineDays} days`;
  const lines = keys.map((key) => `  ${withoutControls(key)}\n`).join('');
  return `These objects of the quarantine ${what}. ${until}:\n${lines}`;
}

/** Rules and mutes take patterns, this command takes none: nobody shall believe that it did. */
function nothingOf(seriesId: string): string {
  const hint = /[*?]/.test(seriesId) ? '; * and ? stand for themselves: name each series' : '';
  return `the service holds nothing of ${printable(seriesId)}${hint}`;
}

function isNothing(counts: HeldOfSeries): boolean {
  return Object.values(counts).every((count) => count === 0);
}

function listed(counts: HeldOfSeries): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([names, count]) => plain.counted(count, names.replace(/s\b/, ''), names))
    .join(', ');
}
