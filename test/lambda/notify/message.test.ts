import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SeriesChangePoint } from '../../../lambda/change-point.ts';
import { plain } from '../../../lambda/figures.ts';
import { inAscii, messageFor, subjectFor, textFor } from '../../../lambda/notify/message.ts';
import { aChangePoint } from '../a-change-point.ts';

const changePoint = aChangePoint({
  id: '0123456789abcdef0123456789abcdef',
  seriesId: 'boiler-7',
  changedAt: '2025-01-01T00:05:00.000Z',
  detectedAt: '2025-01-01T00:10:00.000Z',
  direction: 'down',
  magnitude: -12.3456789,
  pValue: 0.00123,
  before: { count: 40, median: 20, from: '2025-01-01T00:00:00.000Z', to: '2025-01-01T00:04:59.000Z' },
  after: { count: 20, median: 7.65, from: '2025-01-01T00:05:00.000Z', to: '2025-01-01T00:10:00.000Z' },
  trend: { slope: -0.0123456789, pValue: 0.04 },
  value: 7.5,
});

describe('messageFor', () => {
  // "Message attributes are sent only when the message structure is String, not JSON."
  // Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html. So there is no MessageStructure, and no text
  // for another protocol: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html, MessageStructure.
  test('is one string of JSON, of no structure, for its attributes to be sent; people have a topic of their own', () => {
    expect(Object.keys(messageFor(changePoint)).sort()).toEqual(['Message', 'MessageAttributes']);
    expect(JSON.parse(messageFor(changePoint).Message ?? '')).toEqual(changePoint);
  });

  const described: SeriesChangePoint = {
    ...changePoint,
    changedFrom: '2025-01-01T00:04:40.000Z',
    changedTo: '2025-01-01T00:05:20.000Z',
    magnitudeInterval: { from: -13.5, to: -11.25 },
    kind: 'shift',
    falseAlarmEvery: 8123.4,
  };

  test('says in the text where the change may be, how large and of what kind', () => {
    expect(textFor(described)).toBe(`boiler-7 fell by 12.3457 to a new level.

New level since: 2025-01-01T00:05:00.000Z (95 %: from 2025-01-01T00:04:40.000Z to 2025-01-01T00:05:20.000Z)
Known at:        2025-01-01T00:10:00.000Z (reading 7.5)
Level before:    20 (median of 40 readings)
Level after:     7.65 (median of 20 readings)
Size:            −12.3457 (95 %: from −13.5 to −11.25)
Kind:            shift (it jumped)
Drift before:    −0.0123457 a reading (p-value 0.040)
p-value:         0.0012 (without a change, such a statistic comes once in 8100 readings)
Id:              0123456789abcdef0123456789abcdef
`);
  });

  test('says of a retracted one that it is, in each form', () => {
    const retracted = { ...described, retractedAt: '2025-01-02T00:00:00.000Z' };
    const { Message = '', MessageAttributes } = messageFor(retracted);
    expect(subjectFor(retracted)).toBe('AED: boiler-7 down by 12.3457, retracted');
    expect(MessageAttributes?.retracted).toEqual({ DataType: 'String', StringValue: 'true' });
    expect(messageFor(described).MessageAttributes).not.toHaveProperty('retracted');
    expect(JSON.parse(Message)).toEqual(retracted);
    const [sentence, ...lines] = textFor(described).split('\n');
    const why =
      'Retracted: it rested on readings that were deleted or corrected, and the others do not show it.';
    expect(textFor(retracted).split('\n')).toEqual([sentence, why, ...lines]);
  });

  test.each([
    ['drift', 'it climbs or falls bit by bit'],
    ['unsure', 'a jump or a drift, which cannot be told yet'],
  ] as const)('says what %s means, and carries it as an attribute', (kind, words) => {
    expect(textFor({ ...described, kind })).toContain(`\nKind:            ${kind} (${words})\n`);
    expect(messageFor({ ...described, kind }).MessageAttributes?.kind).toEqual({
      DataType: 'String',
      StringValue: kind,
    });
  });

  test('says which rule gave the options, in printable text, and carries as an attribute that people are not told', () => {
    const ruled = { ...described, rule: 'boiler-*\n', muted: true } as const;
    expect(textFor(ruled)).toContain('\nRule:            boiler-* \n');
    expect(JSON.parse(messageFor(ruled).Message ?? '')).toEqual(ruled);
    expect(messageFor(ruled).MessageAttributes?.muted).toEqual({ DataType: 'String', StringValue: 'true' });
    expect(messageFor(described).MessageAttributes).not.toHaveProperty('muted');
  });

  test('says what the p-value of a scan means', () => {
    const options = { ...changePoint.options, statistic: 'scan' as const };
    expect(textFor({ ...changePoint, pValue: 0.0000213, options })).toContain(
      '\np-value:         0.000021 (without a change, such a score comes once in 47000 readings)\n',
    );
  });

  test('carries a text for people; of a change point that was stored before there were intervals, without them', () => {
    expect(textFor(changePoint)).toBe(`boiler-7 fell by 12.3457 to a new level.

New level since: 2025-01-01T00:05:00.000Z
Known at:        2025-01-01T00:10:00.000Z (reading 7.5)
Level before:    20 (median of 40 readings)
Level after:     7.65 (median of 20 readings)
Drift before:    −0.0123457 a reading (p-value 0.040)
p-value:         0.0012
Id:              0123456789abcdef0123456789abcdef
`);
  });

  test('is plain ASCII as an SMS, which holds less than half as much with any other character', () => {
    const email = textFor(described);
    const sms = inAscii(email);
    expect(email).toContain('Size:            −12.3457');
    expect(sms).toContain('Size:            -12.3457');
    expect(sms).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test('says of counts that their mean moved, where the medians stand still', () => {
    const { before, after } = changePoint;
    const counts: SeriesChangePoint = {
      ...described,
      direction: 'up',
      magnitude: 0,
      magnitudeInterval: { from: 0, to: 0 },
      before: { ...before, median: 0, mean: 0.12 },
      after: { ...after, median: 0, mean: 0.38 },
    };
    expect(subjectFor(counts)).toBe('AED: boiler-7 up, mean +0.26');
    const email = textFor(counts);
    expect(email).toMatch(/^boiler-7 rose: mean 0.12 → 0.38, median unchanged\.\n/);
    expect(email).toContain('\nLevel before:    0 (median of 40 readings; mean 0.12)\n');
    expect(email).toContain('\nLevel after:     0 (median of 20 readings; mean 0.38)\n');
    expect(email).toContain('\nSize:            mean +0.26\n');
  });

  test('says so where the mean moved the other way, which counts for nothing', () => {
    const { before, after } = changePoint;
    const email = textFor({
      ...changePoint,
      before: { ...before, mean: 20 },
      after: { ...after, mean: 31 },
    });
    expect(email).toContain('fell by 12.3457 to a new level.');
    expect(email).toContain('\nMean:            it moved the other way; the ranks of the readings decide\n');
  });

  test.each([
    ['up', 20, 31, false],
    ['up', 20, 20, false],
    ['up', 31, 20, true],
    ['down', 31, 20, false],
    ['down', 20, 20, false],
    ['down', 20, 31, true],
    ['down', undefined, undefined, false],
  ] as const)(
    'says of a change %s, whose mean went from %s to %s, that this is contrary: %s',
    (direction, from, to, isSaid) => {
      const { before, after } = changePoint;
      const mean = (value: number | undefined) => (value === undefined ? {} : { mean: value });
      const moved = {
        ...changePoint,
        direction,
        before: { ...before, ...mean(from) },
        after: { ...after, ...mean(to) },
      };
      expect(textFor(moved).includes('\nMean: ')).toBe(isSaid);
    },
  );

  test.each(['changedFrom', 'changedTo'] as const)('says no interval if it has no %s', (end) => {
    expect(textFor(described)).toContain(' (95 %: from 2025-');
    expect(textFor({ ...described, [end]: undefined })).not.toContain(' (95 %: from 2025-');
  });

  test('shows levels that differ with as many digits as it takes to see it', () => {
    const { before, after } = changePoint;
    const email = textFor({
      ...changePoint,
      before: { ...before, median: 1_000_000_000.002 },
      after: { ...after, median: 1_000_000_000.006 },
    });
    expect(email).toContain('Level before:    1000000000.002 (');
    expect(email).toContain('Level after:     1000000000.006 (');
  });

  test('has no line on drift where there were too few readings to measure it', () => {
    const { trend, ...short } = changePoint;
    const email = textFor(short);
    expect(email).not.toContain('Drift');
    expect(email.split('\n')).toHaveLength(9);
  });

  test('carries attributes for filter policies', () => {
    expect(messageFor(changePoint).MessageAttributes).toEqual({
      seriesId: { DataType: 'String', StringValue: 'boiler-7' },
      direction: { DataType: 'String', StringValue: 'down' },
      magnitude: { DataType: 'Number', StringValue: '-12.3456789' },
      pValue: { DataType: 'Number', StringValue: '0.00123' },
    });
  });

  test('refuses what somebody damaged', () => {
    const { magnitude: _, ...damaged } = changePoint;
    expect(() => messageFor(damaged as SeriesChangePoint)).toThrow(
      new RangeError('magnitude must be a number, got undefined'),
    );
  });

  test('says as an attribute that its series was muted', () => {
    const { MessageAttributes } = messageFor({ ...changePoint, muted: true });
    expect(MessageAttributes?.muted).toEqual({ DataType: 'String', StringValue: 'true' });
  });

  test.each([
    [1e-128, '1e-128'],
    [-1e-128, '-1e-128'],
    [9.9e-129, '0'],
    [-1e-130, '0'],
    [0, '0'],
    [9.999999999999998e125, '9.999999999999998e+125'],
  ])('carries %d as a number that SQS takes', (magnitude, expected) => {
    expect(messageFor({ ...changePoint, magnitude }).MessageAttributes?.magnitude?.StringValue).toBe(
      expected,
    );
  });

  test('says in the subject what moved, which way and how far', () => {
    expect(subjectFor(changePoint)).toBe('AED: boiler-7 down by 12.3457');
  });

  test('has a subject of at most 99 characters, in which a long name is cut and what there is to say is not', () => {
    const subjects = [60, 76, 77, 78, 200].map((length) =>
      subjectFor({ ...changePoint, seriesId: 'x'.repeat(length) }),
    );
    for (const subject of subjects) expect(subject).toMatch(/^AED: x+(\.\.\.)? down by 12\.3457$/);
    expect(subjects.map(({ length }) => length)).toEqual([81, 97, 98, 99, 99]);
    expect(subjects.map((subject) => subject.includes('...'))).toEqual([false, false, false, false, true]);
    expect(subjects.at(-1)?.match(/x/g)).toHaveLength(75);
  });

  test('has no character that SNS and SQS may not carry', () => {
    const seriesId = 'a\ufffeb\uffffc\\uffff';
    const one = { ...changePoint, seriesId };
    const { Message = '', MessageAttributes } = messageFor(one);
    expect(`${Message}${subjectFor(one)}${textFor(one)}`).not.toMatch(/[\ufffe\uffff]/);
    expect(JSON.parse(Message).seriesId).toBe(seriesId);
    expect(MessageAttributes?.seriesId?.StringValue).toBe('a b c\\uffff');
  });

  test('stays within what SNS takes, whatever the series is called', () => {
    const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 700 });
    fc.assert(
      fc.property(anyText, fc.double({ noNaN: true }), (seriesId, magnitude) => {
        const one = { ...changePoint, seriesId, magnitude };
        const { Message = '', MessageAttributes = {} } = messageFor(one);
        expect(subjectFor(one)).toMatch(/^AED: [\x20-\x7e]{1,94}$/);
        expect(MessageAttributes.seriesId?.StringValue).toMatch(/^[^\p{Cc}]+$/u);
        expect(JSON.parse(Message).seriesId).toBe(seriesId);
        expect(textFor(one).split('\n')).toHaveLength(10);
        expect(Buffer.byteLength(Message)).toBeLessThan(256 * 1024);
      }),
    );
  });
});

describe('a p-value below alpha is shown below alpha', () => {
  test.each([
    [0.004_51, 0.01, '0.0045'],
    [0.009_96, 0.01, '0.00996'],
    [0.049_97, 0.05, '0.04997'],
    [0.024_99, 0.0251, '0.025'],
    [0.009_999_999_999_999_998, 0.01, '0.009999999999999998'],
    [0.01, 0.01, '0.010'],
    [1.2345e-7, 0.01, '1.2e−7'],
    [0, 0.01, '0.0'],
  ])('%d at %d is shown as %s', (pValue, alpha, text) => expect(plain.pValue(pValue, alpha)).toBe(text));

  test('however close it is', () => {
    const number = fc.double({ min: 1e-300, max: 1, noNaN: true });
    const close = number.map((alpha) => [alpha * (1 - 1e-4), alpha] as const);
    fc.assert(
      fc.property(fc.oneof(close, fc.tuple(number, number)), ([pValue, alpha]) => {
        fc.pre(pValue < alpha);
        expect(Number(plain.pValue(pValue, alpha).replace('−', '-'))).toBeLessThan(alpha);
      }),
    );
  });
});
