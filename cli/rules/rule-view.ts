import { printable } from '../../lambda/printable.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';
import type { ListedRule } from '../../lambda/rules/listed-rules.ts';
import type { RuleTarget } from '../../lambda/rules/rule-target.ts';
import type { RuleItem } from '../../lambda/rules/stored-rule.ts';
import { shortIso } from '../../lambda/times.ts';
import { flagOf } from '../flag-name.ts';
import { table } from '../table.ts';

/** From when on a change of the rules holds. */
export const holdsFrom = `It holds for events from ${processingLimits.rulesCacheMs / 1000} s from now on.`;

/** What `--json` says of a rule. */
export function ruleJson({ target, item, problem }: ListedRule): object {
  const { options, version, mutedUntil, setBy, setAt } = item;
  return {
    [target.kind]: target.text,
    ...(options !== undefined && { options, version }),
    ...(mutedUntil !== undefined && { mutedUntil }),
    setBy,
    setAt,
    ...(problem !== undefined && { problem }),
  };
}

export function rulesTableText(rules: readonly ListedRule[]): string {
  const rows = rules.map(({ target, item, problem }) => [
    targetText(target),
    problem === undefined ? optionsText(item.options) : `${optionsText(item.options)}; not used: ${problem}`,
    short(item.version),
    madeText(item),
  ]);
  return `${table(['series', 'options', 'version', 'set by'], rows)}\n`;
}

export function mutesTableText(mutes: readonly ListedRule[]): string {
  const rows = mutes.map(({ target, item }) => [
    targetText(target),
    shownTime(item.mutedUntil),
    madeText(item),
  ]);
  return `${table(['series', 'muted until', 'set by'], rows)}\n`;
}

/** The versions of a rule, the newest first. */
export function versionsText(versions: readonly RuleItem[]): string {
  const rows = versions.map((item) => [
    short(item.version),
    item.options === undefined ? 'removed' : optionsText(item.options),
    madeText(item),
  ]);
  return `${table(['version', 'options', 'set by'], rows)}\n`;
}

/** A name in quotes if it could be taken for a pattern. */
export function targetText({ kind, text }: RuleTarget): string {
  return kind === 'series' && /[*?]/.test(text) ? `'${printable(text)}' exactly` : printable(text);
}

/** Options as the flags that set them, whatever stands there. */
export function optionsText(options: unknown): string {
  if (typeof options !== 'object' || options === null || Symbol.iterator in options) return short(options);
  return Object.entries(options)
    .map(([name, value]) => `${flagOf(printable(name))} ${short(value)}`)
    .join(' ');
}

function madeText({ setBy, setAt }: RuleItem): string {
  return `${short(setBy)}, ${shownTime(setAt)}`;
}

/** A time as it is shown, if it is one. */
export function shownTime(time: unknown): string {
  return typeof time === 'string' && !Number.isNaN(Date.parse(time)) ? shortIso(time) : short(time);
}

/** A value that may be anything, on a line. */
function short(value: unknown): string {
  if (typeof value === 'string') return printable(value);
  return value === undefined || typeof value === 'object' ? '–' : String(value);
}
