import type { RuleTarget } from './rule-target.ts';

/** What a rule is about: options of the detector, or a mute. */
export type RuleSubject = 'options' | 'mute';

export interface RuleKey {
  readonly scope: string;
  readonly sortKey: string;
}

/** The scope of all rules that hold. They are read together. */
export const currentScope = 'RULES';

const prefixes: Readonly<Record<RuleSubject, string>> = { options: 'OPTIONS#', mute: 'MUTE#' };
const kinds: Readonly<Record<RuleTarget['kind'], string>> = { series: 'SERIES#', pattern: 'PATTERN#' };

/** The key of the rule that holds: `RULES`, `OPTIONS#PATTERN#boiler-*`. */
export function ruleKey(subject: RuleSubject, { kind, text }: RuleTarget): RuleKey {
  return { scope: currentScope, sortKey: `${prefixes[subject]}${kinds[kind]}${text}` };
}

/** What a sort key of the rules says; `undefined` if it is not one. */
export function ruleAt(
  sortKey: unknown,
): { readonly subject: RuleSubject; readonly target: RuleTarget } | undefined {
  if (typeof sortKey !== 'string') return undefined;
  for (const subject of ['options', 'mute'] as const) {
    for (const kind of ['series', 'pattern'] as const) {
      const prefix = `${prefixes[subject]}${kinds[kind]}`;
      if (!sortKey.startsWith(prefix) || sortKey === prefix) continue;
      return { subject, target: { kind, text: sortKey.slice(prefix.length) } };
    }
  }
  return undefined;
}

const versionDigits = 9;

/** The scope of the versions that a rule had. */
export function versionsScope({ sortKey }: Pick<RuleKey, 'sortKey'>): string {
  return `VERSIONS#${sortKey}`;
}

/** The key of a version that a rule had. Keys sort as their versions do. */
export function versionKey(rule: Pick<RuleKey, 'sortKey'>, version: number): RuleKey {
  return { scope: versionsScope(rule), sortKey: String(version).padStart(versionDigits, '0') };
}
