import { describe, expect, test } from 'vitest';
import { LookedAtSeries } from './looked-at-series.ts';

describe('when only a late event comes, the remembered HEAD must still be the stored one', () => {
  /** An instance that remembers a regime with a beginning, and a wave before it. */
  async function afterChange() {
    const series = new LookedAtSeries();
    const look = series.instance();
    const first = series.wave(12);
    await look(first, series.wave(12, 9));
    expect(series.world.head()).toHaveProperty('regimeAfter');
    const late = series.closed(series.events.addBehind(first.oldest, 1, 0));
    return { series, look, late };
  }

  test('if it is, the regime stays remembered', async () => {
    const { series, look, late } = await afterChange();
    expect(await look(late)).toMatchObject({ late: 1, calls: ['GetItem'] });
    expect(await look(series.wave(1, 9))).toMatchObject({ read: 'warm' });
  });

  test.each<[string, object]>([
    ['raised its version', { version: { N: '9' } }],
    ['put another one of the same version in its place', { writeId: { S: 'another' } }],
    ['took its id away', { writeId: undefined }],
  ])('if somebody %s, the series is looked at anew', async (_, edits) => {
    const { series, look, late } = await afterChange();
    series.editHead(edits);
    expect(await look(late)).toMatchObject({ late: 1, calls: ['GetItem', 'Query'] });
    expect(await look(series.wave(1, 9))).toMatchObject({ read: 'cold' });
  });
});

describe('while chunks are stored', () => {
  test('another instance may move the HEAD: they then belong to no chain, and nothing fails', async () => {
    const series = new LookedAtSeries();
    const { chunks } = series.world.parts;
    const other = series.instance({ chunks: { ...chunks, write: async () => false } });
    let writes = 0;
    const look = series.instance({
      chunks: {
        ...chunks,
        async write(...given) {
          const isDone = await chunks.write(...given);
          if (writes++ === 0) await other(series.wave(1));
          return isDone;
        },
      },
    });
    await expect(look(series.wave(60))).resolves.toMatchObject({ tested: 60 });
    expect(writes).toBe(1);
    expect(series.world.head()).not.toHaveProperty('chunks');
    expect(series.slots).toHaveLength(5);
    // Whoever looks next has them again.
    await series.instance()(series.wave(1));
    expect(series.world.head()?.chunks?.M).toMatchObject({ slot: { N: '4' } });
  });

  test('any other failure is one of the look', async () => {
    const series = new LookedAtSeries();
    const { changePoints } = series.world.parts;
    let moves = 0;
    const look = series.instance({
      changePoints: {
        ...changePoints,
        moveHead(...given) {
          if (++moves === 2) throw new Error('no such table');
          return changePoints.moveHead(...given);
        },
      },
    });
    await expect(look(series.wave(60))).rejects.toThrow('no such table');
  });

  test('what could not be stored is endorsed by no HEAD', async () => {
    const series = new LookedAtSeries();
    const { chunks } = series.world.parts;
    await series.instance({ chunks: { ...chunks, write: async () => false } })(series.wave(60));
    expect(series.world.head()).not.toHaveProperty('chunks');
  });
});

describe('the edition in the HEAD is of the points that were tested, however they were cut into looks', () => {
  const levels = [0, 0, 9, 9, 9, 3, 3, 0, 0, 0];

  test.each([24, 10_000])('in regimes of up to %i points', async (maxRegimeLength) => {
    const editions: object[] = [];
    for (const together of [1, 3, levels.length]) {
      const series = new LookedAtSeries({ maxRegimeLength });
      const look = series.instance();
      await look(series.wave(11));
      for (let at = 0; at < levels.length; at += together)
        await look(...levels.slice(at, at + together).map((level) => series.wave(11, level)));
      const { start, digest } = series.world.head()?.edition?.M ?? {};
      editions.push({ start, digest });
    }
    const [first, ...others] = editions;
    expect(others).toEqual([first, first]);
  });
});

describe('an instance that another one has overtaken', () => {
  const idOf = (series: LookedAtSeries) => series.world.head()?.edition?.M?.id?.S;

  test('goes on from there, and what the others remember stays valid', async () => {
    const series = new LookedAtSeries();
    const [look, other] = [series.instance(), series.instance()];
    await look(series.wave(7));
    await other(series.wave(3));
    const before = idOf(series);
    const found = await look(series.wave(2));
    expect(found).toMatchObject({ read: 'warm', regimeLength: 12, tested: 2, again: 0 });
    expect(idOf(series)).toBe(before);
    expect(await other(series.wave(1))).toMatchObject({ read: 'warm', regimeLength: 13 });
  });

  test('with a wave that the other one has tested, too: the others learn that it came twice', async () => {
    const series = new LookedAtSeries();
    const [look, other] = [series.instance(), series.instance()];
    await look(series.wave(7));
    const twice = series.wave(3);
    await other(twice);
    const before = idOf(series);
    expect(await look(twice, series.wave(2))).toMatchObject({ read: 'warm', tested: 5, again: 3 });
    expect(idOf(series)).not.toBe(before);
  });

  test('by a late event that it has not read, reads anew', async () => {
    const series = new LookedAtSeries();
    const { events } = series.world.parts;
    const other = series.instance();
    let reads = 0;
    const look = series.instance({
      events: {
        ...events,
        async readNewest(...range) {
          const read = await events.readNewest(...range);
          if (++reads === 2) {
            series.events.addBehind(series.events.keys.at(-2) ?? '', 1, 0);
            await other(news);
          }
          return read;
        },
      },
    });
    await look(series.wave(7));
    const news = series.wave(3);
    expect(await look(news)).toMatchObject({ tested: 3, again: 3 });
    expect(await look(series.wave(1))).toMatchObject({ read: 'cold', regimeLength: 12 });
  });
});
