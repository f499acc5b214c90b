import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openJournal } from '../../../local/journal/journal.ts';
import { useFolder } from '../../use/folder.ts';

const folder = useFolder();

// A queue deletes what it was sent by itself, too, of which the journal has nothing.
test('to delete what there is not writes nothing, and needs no room', () => {
  const file = join(folder, 'journal');
  let isFull = false;
  const journal = openJournal(file);
  journal.set('kept', 1);
  journal.set('gone', 2);
  journal.delete('gone');
  const { size } = statSync(file);
  for (const key of ['gone', 'never there', '']) journal.delete(key);
  expect(statSync(file).size).toBe(size);
  journal.close();

  const full = openJournal(file, () => {
    isFull = true;
    throw new Error('no space left on device');
  });
  full.delete('gone');
  expect([isFull, full.keys()]).toEqual([false, ['kept']]);
  full.close();
});
