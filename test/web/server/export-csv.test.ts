import { BatchWriteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { changePointKey } from '../../../lambda/tables/stored-change-point.ts';
import { names } from '../../../local/resources.ts';
import { attachmentNamed, csvCell, csvLine } from '../../../web/server/csv.ts';
import { startLivePage } from '../../../web/server/live-page.ts';
import { aChangePoint } from '../../lambda/a-change-point.ts';
import { usePipeline } from '../../use/backend.ts';
import { useStarted } from '../../use/started.ts';

describe('a cell', () => {
  test('is read back as it was, but for the apostrophe before what looks like a formula', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('=1', '+1', '-1', '@a', 'a"b', 'a\r\nb', ' =1'),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
        const [read = []]: string[][] = parse(csvLine(cells), {
          relaxColumnCount: true,
          skipEmptyLines: false,
        });
        expect(read.map((text, at) => (text === `'${cells[at]}` ? text.slice(1) : text))).toEqual(cells);
        for (const text of read) expect(text).not.toMatch(/^[\s\p{C}]*[=+\-@]/u);
      }),
    );
  });

  test.each([
    [-5, '-5'],
    [1e-7, '1e-7'],
    [undefined, ''],
    ['-5', "'-5"],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['\tx', "'\tx"],
    ['＝1', "'＝1"],
    ['plain', 'plain'],
  ])('%j is written %j', (value, written) => {
    expect(csvCell(value)).toBe(written);
  });
});

describe('the name of a download', () => {
  test('is one that every file system takes, whatever the series is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (seriesId) => {
        const header = attachmentNamed(seriesId, 'readings');
        expect(header).toMatch(
          /^attachment; filename="aed-[\w.-]*-readings\.csv"; filename\*=UTF-8''[\w.%-]*$/,
        );
        expect(() => decodeURIComponent(header.slice(header.indexOf("''") + 2))).not.toThrow();
      }),
    );
  });

  test.each([
    ['boiler-7', 'aed-boiler-7-changes.csv', 'aed-boiler-7-changes.csv'],
    ['../../etc/passwd', 'aed-.._.._etc_passwd-changes.csv', 'aed-.._.._etc_passwd-changes.csv'],
    ['Öl', 'aed-_l-changes.csv', 'aed-%C3%96l-changes.csv'],
  ])('%s', (seriesId, ascii, encoded) => {
    expect(attachmentNamed(seriesId, 'changes')).toBe(
      `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`,
    );
  });
});

describe('a download', () => {
  const pipeline = usePipeline();
  const page = useStarted(() => startLivePage({ pipeline }));
  const seriesId = '=evil, "series"';
  const count = 500;
  const keyOf = (second: number) => `${new Date(Date.UTC(2026) + second * 1000).toISOString()}#-id`;

  beforeAll(async () => {
    const client = dynamoClient(pipeline.environment);
    const items = Array.from({ length: count }, (_, at) => ({ seriesId, eventKey: keyOf(at), value: -at }));
    for (let at = 0; at < count; at += 25) {
      const requests = items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteCommand({ RequestItems: { [names.eventsTable]: requests } }));
    }
    const found = aChangePoint({ seriesId, eventKey: keyOf(5) });
    const Item = { ...found, ...changePointKey(found), acknowledgedBy: 'Ada', note: '+1, seen' };
    await client.send(new PutCommand({ TableName: names.changePointsTable, Item }));
    const head = { seriesId, sortKey: 'HEAD', version: 1 };
    await client.send(new PutCommand({ TableName: names.changePointsTable, Item: head }));
  });

  async function download(path: string) {
    const answer = await fetch(`${page.url}api/${path}?id=${encodeURIComponent(seriesId)}`);
    const rows: Record<string, string>[] = parse(await answer.text(), { columns: true });
    return {
      rows,
      type: answer.headers.get('content-type'),
      name: answer.headers.get('content-disposition'),
    };
  }

  test('has every reading, oldest first', async () => {
    const { rows, type, name } = await download('readings.csv');
    expect(type).toBe('text/csv; charset=utf-8; header=present');
    expect(name).toContain('filename="aed-_evil___series_-readings.csv"');
    expect(rows).toHaveLength(count);
    expect(rows[7]).toEqual({
      seriesId: `'${seriesId}`,
      timestamp: '2026-01-01T00:00:07.000Z',
      value: '-7',
      eventId: "'-id",
    });
  });

  test('has every change point, with who acknowledged it', async () => {
    const { rows } = await download('changes.csv');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      direction: 'up',
      magnitude: '1',
      acknowledgedBy: 'Ada',
      note: "'+1, seen",
    });
  });
});
