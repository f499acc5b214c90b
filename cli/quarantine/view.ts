import { plain } from '../../lambda/figures.ts';
import { printable, withoutControls } from '../../lambda/printable.ts';
import { table } from '../table.ts';
import type { FoundObject } from './bucket.ts';
import type { Kept, KeptProblem } from './kept.ts';
import type { Replayed } from './replay-object.ts';

/** Bytes that `show` prints of data that is not text. */
const shownBytes = 512;

/** One object as a row of the list. */
export interface Listed {
  readonly key: string;
  readonly kind: string;
  readonly why: string;
  readonly records: number;
  readonly arrivedAt: string;
}

export function listed({ key, ...found }: FoundObject): Listed {
  if (found.kept === undefined)
    return { key, kind: 'unknown', why: found.problem, records: 0, arrivedAt: '' };
  const { kept } = found;
  const { kind, arrivedAt } = kept;
  if (kind !== 'record') return { key, kind, why: kept.condition, records: kept.recordCount, arrivedAt };
  const reasons = [...new Set(kept.problems.map(({ reason }) => reason))];
  const entries = kept.problemCount === 1 ? '' : ` (${kept.problemCount} entries)`;
  return { key, kind, why: `${reasons.join(', ')}${entries}`, records: 1, arrivedAt };
}

export function listTable(rows: readonly Listed[]): string {
  return table(
    ['key', 'what', 'why', 'records', 'arrived'],
    rows.map(({ key, kind, why, records, arrivedAt }) => [
      printable(key),
      kind,
      withoutControls(why),
      String(records),
      printable(arrivedAt),
    ]),
  );
}

/** One object, for people. */
export function describeKept(key: string, kept: Kept): string {
  const lines =
    kept.kind === 'record'
      ? [
          ['shard', kept.shardId],
          ['sequence number', kept.sequenceNumber],
          ['partition key', kept.partitionKey],
          ['arrived', kept.arrivedAt],
          ['bad entries', String(kept.problemCount)],
        ]
      : [
          ['shard', kept.shardId],
          ['first record', kept.startSequenceNumber],
          ['arrived', kept.arrivedAt],
          ['given up for', kept.condition],
          ['function', kept.functionArn],
          ['records', String(kept.recordCount)],
        ];
  const head = [['key', key], ['what', kept.kind], ...lines].map(
    ([name = '', value = '']) => `${name.padEnd(16)} ${printable(value)}`,
  );
  if (kept.kind !== 'record')
    return [...head, '', 'Add --json to see what the function was given.'].join('\n');
  return [...head, '', ...kept.problems.map(describeProblem), '', ...dataLines(kept.data)].join('\n');
}

function describeProblem({ userRecord, position, reason, detail }: KeptProblem): string {
  const record =
    userRecord === undefined ? '' : `record ${userRecord.index} (${printable(userRecord.partitionKey)}), `;
  return `  ${record}entry ${position}: ${printable(reason)}: ${withoutControls(detail)}`;
}

/** The data as lines of text, or as bytes if it is not text. */
function dataLines(base64: string): readonly string[] {
  const data = Buffer.from(base64, 'base64');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(data);
    return text.split('\n').map((line) => line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' '));
  } catch {
    const start = data
      .subarray(0, shownBytes)
      .toString('hex')
      .replaceAll(/(..)(?!$)/g, '$1 ');
    const more = data.length > shownBytes ? [`… ${data.length} bytes in all`] : [];
    return [...(start.match(/.{1,96}/g) ?? []), ...more];
  }
}

/** The outcome of one object, in a line. */
export function describeReplayed(replayed: Replayed): string {
  const key = printable(replayed.key);
  switch (replayed.outcome) {
    case 'replayed': {
      const back = replayed.comesBackAs;
      const what = plain.counted(replayed.records, 'record');
      return `${key}: replayed, ${what}${back === undefined ? '' : `; if it is still bad, it comes back as ${back}`}`;
    }
    case 'failed':
      return `${key}: not replayed: ${withoutControls(replayed.problem)}`;
    default:
      return `${key}: ${replayed.outcome}`;
  }
}
