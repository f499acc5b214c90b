import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openJournal } from '../../../local/journal/journal.ts';
import { useFolder } from '../../use/folder.ts';

const folder = useFolder();

/** So large that the journal is rewritten several times. */
const value = 'x'.repeat(3_000);
const keys = Array.from({ length: 300 }, (_, index) => `key ${index}`);

// Thousands of lines are read in one go. V8 would keep all their buffers until it has ended.
test('no line takes a buffer of its own, however many are read or moved to another file', () => {
  const journal = openJournal(join(folder, 'journal'));
  for (const key of keys) journal.set(key, '');
  const allocated = vi.spyOn(Buffer, 'alloc');
  for (let time = 0; time < 5; time++) for (const key of keys) journal.set(key, `${time} ${value}`);
  for (const key of keys) expect(journal.get(key)).toBe(`4 ${value}`);
  expect(allocated).not.toHaveBeenCalled();
  allocated.mockRestore();
  journal.close();
});
