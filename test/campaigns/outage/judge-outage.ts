import { changePointOf } from '../../../lambda/tables/stored-change-point.ts';
import type { OutageRun } from './run-outage.ts';

/** What differs between a run with the topic up and one with an outage, apart from when change points were published. Nothing should. */
export function judgeOutage(up: OutageRun, down: OutageRun): readonly string[] {
  const wrong: string[] = [];
  if (up.failed || down.failed) wrong.push('a batch failed');
  if (tests(up) !== tests(down)) wrong.push('the tests differ');
  if (changes(up) !== changes(down)) wrong.push('the change points differ');
  if (down.waited === 0) wrong.push('nothing was found in the outage');
  if (down.stillWaiting > 0)
    wrong.push(`${down.stillWaiting} of ${down.waited} change points waited for a second sweep`);
  for (const run of [up, down]) {
    const ids = run.found.map(({ id }) => id).sort();
    if (ids.join() !== [...run.published].sort().join())
      wrong.push(`${ids.length} change points were found, and published were ${run.published.length}`);
    if (run.found.some(({ publishedAt }) => publishedAt === undefined)) wrong.push('one is not marked');
  }
  return wrong;
}

function tests({ batches }: OutageRun): string {
  return JSON.stringify(batches.map(({ tested, late, changePoints }) => [tested, late, changePoints]));
}

function changes({ found }: OutageRun): string {
  return found
    .map((stored) => JSON.stringify(changePointOf(stored)))
    .sort()
    .join('\n');
}
