import { detectText } from './detect-text.ts';
import type { Walk } from './walks.ts';

/** The flags after some steps: a later answer replaces an earlier one. */
function flagsAfter(steps: Walk['steps']): readonly string[] {
  const values = new Map<string, string>();
  for (const { flags = [] } of steps) {
    const [flag = '', value = ''] = flags;
    if (flag !== '') values.set(flag, value);
  }
  return [...values].flat();
}

/** What `aed detect` says at the end of a walk, beside what it says without any flag. */
export async function walkThrough({ data, csv, known, isRight, steps }: Walk) {
  const flags = flagsAfter(steps);
  const plain = await detectText(csv, []);
  const { changes } = await detectText(csv, flags);
  return {
    data,
    known,
    answers: steps.map(({ line, answer }) => `${line}: ${answer}`),
    flags: flags.join(' '),
    byDefault: plain.changes.length,
    note: plain.summary.note !== undefined,
    reported: changes.map(({ changedAt, detectedAt, direction }) => ({ changedAt, detectedAt, direction })),
    right: isRight(changes),
    steps: steps.length,
  };
}
