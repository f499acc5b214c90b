import { processingLimits } from '../processing-limits.ts';
import { isNamePattern, namePattern } from '../reading/name-pattern.ts';

/** For which series a rule is: the one of a name, or all whose names match a pattern, in which `*` stands for any text and `?` for any character. */
export interface RuleTarget {
  readonly kind: 'series' | 'pattern';
  readonly text: string;
}

/**
 * What a text means as a target: a pattern if it has a `*` or `?`, else a name.
 *
 * @param isExact - it is the name of one series, whatever its characters
 */
export function ruleTarget(text: string, isExact = false): RuleTarget {
  return { kind: !isExact && isNamePattern(text) ? 'pattern' : 'series', text };
}

/** A check whether a series is meant. */
export function meantBy({ kind, text }: RuleTarget): (seriesId: string) => boolean {
  return kind === 'pattern' ? namePattern(text) : (seriesId) => seriesId === text;
}

/**
 * The order of targets by how exact they are, the most exact first. No two different targets are equal in it.
 *
 * A name comes before every pattern. Of patterns, one with more characters that stand for themselves comes first; then one with fewer stars; then the
 * one whose text sorts first.
 */
export function byExactness(one: RuleTarget, other: RuleTarget): number {
  return (
    Number(one.kind === 'pattern') - Number(other.kind === 'pattern') ||
    signs(other, /[^*?]/gu) - signs(one, /[^*?]/gu) ||
    signs(one, /\*/g) - signs(other, /\*/g) ||
    (one.text < other.text ? -1 : Number(one.text > other.text))
  );
}

function signs({ text }: RuleTarget, kind: RegExp): number {
  return text.match(kind)?.length ?? 0;
}

/** @throws RangeError for a text that no sort key can hold */
export function checkTarget({ text }: RuleTarget): void {
  const most = processingLimits.ruleTargetBytes;
  const bytes = Buffer.byteLength(text);
  if (text === '' || bytes > most || !text.isWellFormed())
    throw new RangeError(`a name or pattern must be text of 1 to ${most} bytes, got ${bytes} bytes`);
}
