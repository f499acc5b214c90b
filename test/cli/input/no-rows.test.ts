import { expect, test } from 'vitest';
import { runHere } from '../in-process.ts';

const headers = ['value', 'seriesId,value', 'timestamp,value', 'seriesId,timestamp,value,eventId', 'a;b'];
const texts = [
  ...headers.flatMap((header) =>
    ['', '\n', '\n\n', '\r\n\r\n', '\n,,\n', '\n\n\n'].map((end) => header + end),
  ),
  ...['', '\n', '\n\n', '[]', '{}', '{}\n\n', '[{}]', '{"data":[]}', '{"seriesId":"a"}\n\n'],
];

test.each([
  [[]],
  [['--column', '1', '--series-column', '1']],
  [['--all-columns']],
  [['--statistic', 'scan']],
])('a text without a reading is told of in words, whatever stands in it: %j', async (flags) => {
  for (const input of texts) {
    const { code, out, error } = await runHere(['detect', '-', ...flags], { input });
    expect({ input, code, out }).toEqual({ input, code: 1, out: '' });
    expect({ input, error }).toEqual({ input, error: expect.stringMatching(/^error: standard input.*\n$/) });
    expect(error).not.toMatch(/undefined|TypeError|is not/);
  }
});
