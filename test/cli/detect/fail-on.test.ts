import { describe, expect, test } from 'vitest';
import { runHere } from '../in-process.ts';

/** @param size - by how much the level moves up in the middle */
const readings = (size: number) =>
  Array.from({ length: 60 }, (_, row) => ((row * 7) % 10) / 10 + (row < 30 ? 0 : size)).join('\n');

describe('aed detect --fail-on change', () => {
  test('ends with a code of its own where there is a change point, below the usual output', async () => {
    const plain = await runHere(['detect', '-'], { input: readings(5) });
    const { code, out, error } = await runHere(['detect', '-', '--fail-on', 'change'], {
      input: readings(5),
    });
    expect({ code, error }).toEqual({ code: 3, error: '1 change point, and --fail-on change is given\n' });
    const withoutTime = (text: string) => text.replace(/[\d.]+ s$/m, '');
    expect(withoutTime(out)).toBe(withoutTime(plain.out));
    expect(plain.code).toBe(0);
  });

  test('ends with 0 where there is none, and with 1 where the file cannot be read', async () => {
    expect(await runHere(['detect', '-', '--fail-on', 'change'], { input: readings(0) })).toMatchObject({
      code: 0,
    });
    expect(await runHere(['detect', 'no.csv', '--fail-on', 'change'])).toMatchObject({ code: 1 });
  });

  test('refuses any other word', async () => {
    const { code, error } = await runHere(['detect', '-', '--fail-on', 'shift'], { input: readings(5) });
    expect(code).toBe(2);
    expect(error).toContain('change');
  });
});
