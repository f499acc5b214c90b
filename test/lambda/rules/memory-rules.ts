import type { RuleKey } from '../../../lambda/rules/rule-keys.ts';
import type { RulesTable } from '../../../lambda/rules/rules-table.ts';
import type { RuleItem } from '../../../lambda/rules/stored-rule.ts';

/** A table of rules in memory, which does one thing after the other as DynamoDB does. @param before - called before each call */
export function memoryRules(before: () => Promise<void> = async () => {}): RulesTable {
  const items = new Map<string, RuleItem>();
  const nameOf = ({ scope, sortKey }: RuleKey) => JSON.stringify([scope, sortKey]);
  return {
    async *read(scope, newestFirst = false) {
      await before();
      const found = [...items]
        .filter(([, item]) => item.scope === scope)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      yield (newestFirst ? found.reverse() : found).map(([, item]) => item);
    },
    async get(key) {
      await before();
      return items.get(nameOf(key));
    },
    async put(item) {
      await before();
      items.set(nameOf(item), { ...item });
    },
    async replace(item, version) {
      await before();
      if (items.get(nameOf(item))?.version !== version) return false;
      items.set(nameOf(item), { ...item });
      return true;
    },
    async delete(key) {
      await before();
      items.delete(nameOf(key));
    },
  };
}
