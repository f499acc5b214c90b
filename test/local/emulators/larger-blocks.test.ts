import { createRequire } from 'node:module';
import { afterEach, expect, test, vi } from 'vitest';
import { startDynamoDb } from '../../../local/emulators/dynamodb.ts';
import { startKinesis } from '../../../local/emulators/kinesis.ts';
import { useFolder } from '../../use/folder.ts';

interface Options {
  readonly blockSize?: number;
  readonly maxOpenFiles?: number;
}
interface Database {
  _open(options: Options, ...rest: unknown[]): unknown;
}

// The very classes that the emulators load.
const classOf = (emulator: string, name: string) => createRequire(import.meta.resolve(emulator))(name);
const { ClassicLevel } = classOf('dynalite', 'classic-level') as { ClassicLevel: { prototype: Database } };
const LevelDown = classOf('kinesalite', 'leveldown') as { prototype: Database };
const folder = useFolder();

afterEach(() => {
  vi.restoreAllMocks();
});

// A larger block means fewer keys that each open file keeps in memory.
test('the database of a folder has larger blocks than its own', async () => {
  const opened = vi.spyOn(ClassicLevel.prototype, '_open');
  const emulator = await startDynamoDb({ folder: `${folder}/dynamodb` });
  await emulator.close();
  expect(opened.mock.calls.map(([{ blockSize }]) => blockSize)).toEqual([16_384]);
});

test('the database of the records has larger blocks, and no more files open than LevelDB must', async () => {
  const opened = vi.spyOn(LevelDown.prototype, '_open');
  const emulator = await startKinesis({ folder: `${folder}/kinesis` });
  await emulator.close();
  expect(opened.mock.calls.map(([{ blockSize, maxOpenFiles }]) => [blockSize, maxOpenFiles])).toEqual([
    [16_384, 74],
  ]);
  expect(LevelDown.prototype._open).toBe(opened);
});
