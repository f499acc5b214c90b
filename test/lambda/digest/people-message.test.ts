import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SeriesChangePoint } from '../../../lambda/change-point.ts';
import { peopleMessage, type SeriesNews } from '../../../lambda/digest/people-message.ts';
import { inAscii, subjectFor, textFor } from '../../../lambda/notify/message.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { aChangePoint } from '../a-change-point.ts';

const news = (seriesId: string, replaced: Partial<SeriesChangePoint> = {}): SeriesNews => ({
  seriesId,
  changes: [aChangePoint({ seriesId, ...replaced })],
  count: 1,
  flaps: false,
});

/** The message's subject, its text for each protocol, and its notification for chats. */
function told(...all: SeriesNews[]) {
  const { Subject = '', Message = '', MessageStructure } = peopleMessage(all);
  const { https, http, ...texts } = JSON.parse(Message);
  expect([MessageStructure, http]).toEqual(['json', https]);
  return { Subject, chat: JSON.parse(https), ...texts } as Record<
    'Subject' | 'default' | 'email' | 'sms',
    string
  > & {
    readonly chat: { readonly content: Record<'title' | 'description', string>; readonly metadata: object };
  };
}

describe('people are told', () => {
  test('of one change what it was always told, in each form', () => {
    const [one] = news('boiler-7', { magnitude: -5, direction: 'down' }).changes;
    if (one === undefined) throw new Error('there is one');
    const { Subject, email, sms, ...rest } = told({
      seriesId: 'boiler-7',
      changes: [one],
      count: 1,
      flaps: false,
    });
    expect([Subject, email, rest.default]).toEqual([subjectFor(one), textFor(one), textFor(one)]);
    expect(sms).toBe(inAscii(textFor(one)));
  });

  test('of changes as large as each other in the order of their names', () => {
    const names = ['d', 'a', 'c', 'b'];
    const { email } = told(...names.map((name) => news(`boiler-${name}`, { magnitude: 2 })));
    expect(email.match(/boiler-\w/g)?.slice(0, 4)).toEqual(['boiler-a', 'boiler-b', 'boiler-c', 'boiler-d']);
  });

  test('of counts the one first whose mean moved farthest, wherever it lies', () => {
    const counts = (name: string, from: number, to: number) =>
      news(name, { magnitude: 0, before: { ...level(0), mean: from }, after: { ...level(0), mean: to } });
    const { email } = told(counts('a', 90, 91), counts('b', 1, 4), counts('c', -50, -48));
    expect(email.match(/^\w(?=:)/gm)).toEqual(['b', 'c', 'a']);
  });

  test('of several series a line each, the largest change first', () => {
    const { Subject, email, sms } = told(
      news('small', { magnitude: 0.5 }),
      news('large', { magnitude: -7, direction: 'down', before: level(10), after: level(3) }),
      news('counts', { magnitude: 0, before: { ...level(0), mean: 0 }, after: { ...level(0), mean: 2 } }),
    );
    expect(Subject).toBe('AED: 3 series shifted');
    expect(email).toBe(`3 series shifted, the largest changes first:

large: 10 → 3 (−7), new level since 2025-01-01T00:05:00Z
counts: mean 0 → 2, median unchanged (mean +2), new level since 2025-01-01T00:05:00Z
small: 0 → 1 (+0.5), new level since 2025-01-01T00:05:00Z
`);
    expect(sms).toBe(inAscii(email));
  });

  test('of 500 series at once the largest 20, and how many more', () => {
    const { Subject, email, sms, chat } = told(
      ...Array.from({ length: 500 }, (_, index) => news(`sensor-${index}`, { magnitude: index + 1 })),
    );
    expect(Subject).toBe('AED: 500 series shifted');
    const lines = email.split('\n');
    expect(lines.slice(2, 22).map((line) => line.split(':')[0])).toEqual(
      Array.from({ length: 20 }, (_, index) => `sensor-${499 - index}`),
    );
    expect(lines.slice(22)).toEqual(['and 480 more', '']);
    expect(sms).toContain('\nand 495 more\n');
    expect(chat.content.title).toBe(Subject);
    expect(chat.content.description).toContain('\nand 480 more\n```');
  });

  test('of a series that changed twice the last change, and that there were two', () => {
    const changes = [1, 2].map((magnitude) => aChangePoint({ seriesId: 'boiler-7', magnitude }));
    const twice = { seriesId: 'boiler-7', changes, count: 2, flaps: false };
    const { Subject, email } = told(twice);
    expect(Subject).toBe('AED: boiler-7 changed 2 times');
    expect(email).toMatch(
      /^boiler-7: 2 changes, the last: 0 → 1 \(\+2\), new level since .+\n\nThe last change:\n\nboiler-7 rose by 2/,
    );
    expect(told(news('a'), twice).email).toContain(
      '\nboiler-7: 2 changes, the last: 0 → 1 (+2), new level since',
    );
  });

  test('of a series that flaps that it does, how often, and what follows from it', () => {
    const flapping = { ...news('boiler-7'), count: 14, flaps: true };
    const { Subject, email } = told(flapping);
    expect(Subject).toBe('AED: boiler-7 flaps: 14 changes');
    expect(email).toMatch(
      /^boiler-7 flaps: 14 changes came within an hour, among them: 0 → 1 \(\+1\), new level since .+\n\nA series that flaps is named in at most 3 messages an hour\./,
    );
    expect(email).toContain('\nAmong them:\n\nboiler-7 rose by 1 to a new level.');
    expect(told(news('a'), flapping).email).toContain('\nOf them, 1 flaps. A series that flaps');
  });

  test('of a series that flaps with several changes the last one, and of two that do that two do', () => {
    const changes = [1, 2].map((magnitude) => aChangePoint({ seriesId: 'boiler-7', magnitude }));
    const flapping = { seriesId: 'boiler-7', changes, count: 14, flaps: true };
    const { Subject, email } = told(flapping);
    expect(Subject).toBe('AED: boiler-7 flaps: 14 changes');
    expect(email).toContain('\nAmong them:\n\nboiler-7 rose by 2 to a new level.');
    const { email: ofTwo } = told(flapping, { ...news('a'), flaps: true });
    expect(ofTwo).toMatch(/\n\nOf them, 2 flap\. A series that flaps is named in .+\n$/);
    expect(told(news('a'), news('b')).email).not.toContain('flap');
  });

  test('of what is retracted that it is', () => {
    const retracted = { retractedAt: '2026-01-01T00:00:00.000Z' };
    expect(told(news('a', retracted)).Subject).toBe('AED: a up by 1, retracted');
    expect(told(news('a', retracted), news('b')).email).toMatch(
      /^2 series shifted, .+\n\na: .+, retracted\nb: .+Z\n$/,
    );
    expect(told(news('a', retracted), news('b', retracted)).Subject).toBe(
      'AED: 2 series with retracted changes',
    );
  });

  test('only if there is something to tell', () => {
    expect(() => peopleMessage([])).toThrow(new RangeError('news must be of at least one series, got none'));
    expect(() => peopleMessage([{ ...news('boiler-7'), changes: [] }])).toThrow(
      new RangeError("news of 'boiler-7' must be of one change at least"),
    );
  });
});

// https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html, "Event schema".
test('a chat gets a custom notification of Amazon Q Developer, in which a name is no markup', () => {
  const { chat, Subject } = told(news('<!channel> ```*boiler*'));
  expect(chat).toEqual({
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: 'AED: ‹!channel› ’’’∗boiler∗ up by 1',
      description: expect.stringMatching(
        /^```\n‹!channel› ’’’\*boiler\* rose by 1 to a new level\.\n[^`]*\n```$/,
      ),
      keywords: ['AED', 'change point'],
    },
    metadata: {
      summary: chat.content.title,
      eventType: 'AED change points',
      threadId: 'AED ‹!channel› ’’’*boiler*',
    },
  });
  expect(Subject).toBe('AED: <!channel> ```*boiler* up by 1');
  expect(told(news('a'), news('b')).chat.metadata).not.toHaveProperty('threadId');
});

test('the title of a chat shows any name alike, and has no markup of Slack or Teams', () => {
  const marked = fc
    .array(fc.constantFrom('*', '_', '~', '`', '<', '>', '[', ']', '(', ')', '\\', '#', '&', ':', 'a', ' '), {
      minLength: 1,
      maxLength: 40,
    })
    .map((characters) => characters.join(''));
  fc.assert(
    fc.property(fc.oneof(marked, fc.string({ unit: 'binary', minLength: 1, maxLength: 120 })), (seriesId) => {
      const { chat, Subject } = told(news(seriesId));
      const { title } = chat.content;
      expect(title).not.toMatch(/[*_~`<>[\]\\#&]|:\S/);
      const places = [...Subject].flatMap((one, place) => (/[*_~`<>[\]\\#&:]/.test(one) ? [] : place));
      const shown = [...title];
      expect(shown).toHaveLength(Subject.length);
      expect(places.map((place) => shown[place]).join('')).toBe(
        places.map((place) => Subject[place]).join(''),
      );
      expect(chat.metadata).toMatchObject({ summary: title });
    }),
  );
  const names = ['[a](http://evil.example)', 'https://evil.example', ':tada: site:pump_1'];
  expect(names.map((name) => told(news(name)).chat.content.title)).toEqual([
    'AED: ［a］(http∶//evil.example) up by 1',
    'AED: https∶//evil.example up by 1',
    'AED: ∶tada: site∶pumpˍ1 up by 1',
  ]);
});

// 256 KB and fewer than 100 characters of ASCII for a subject: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html; 1,600
// bytes for an SMS: https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
test('a message stays within what SNS takes, whatever the series are called', () => {
  const seriesId = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 });
  const series = fc.record({
    seriesId,
    changes: fc.array(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((magnitude) => aChangePoint({ magnitude })),
      { minLength: 1, maxLength: 3 },
    ),
    count: fc.integer({ min: 1, max: 10_000 }),
    flaps: fc.boolean(),
  });
  const named = series.map((one) => ({
    ...one,
    changes: one.changes.map((change) => ({ ...change, seriesId: one.seriesId })),
  }));
  fc.assert(
    fc.property(fc.array(named, { minLength: 1, maxLength: 25, size: 'max' }), (all) => {
      const { Subject, Message = '' } = peopleMessage(all);
      expect(Subject).toMatch(/^AED: [\x20-\x7e]{1,94}$/);
      expect(Message).not.toMatch(/[\ufffe\uffff]/);
      expect(Buffer.byteLength(Message)).toBeLessThan(256 * 1024);
      const { sms, https } = JSON.parse(Message);
      expect(Buffer.byteLength(sms)).toBeLessThanOrEqual(processingLimits.smsBytes);
      expect(JSON.parse(https).content.description.length).toBeLessThan(3_000);
    }),
    { numRuns: 10 },
  );
});

function level(median: number) {
  return { ...aChangePoint().before, median };
}
