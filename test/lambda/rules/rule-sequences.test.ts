import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ruleSequences, runRuleSequence } from './rule-sequences.ts';

test('whatever is set and unset, each series goes by its most exact rule, and every version is kept', async () => {
  await fc.assert(
    fc.asyncProperty(ruleSequences, async (acts) => {
      expect(await runRuleSequence(acts)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
