import { Resvg } from '@resvg/resvg-js';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { changeMarks } from '../../../cli/report/change-marks.ts';
import { renderHtml } from '../../../cli/report/html.ts';
import type { Report } from '../../../cli/report/report.ts';
import { renderSvg } from '../../../cli/report/svg.ts';

const hostile = '</script><img src=x onerror=alert(1)>"\'\u202e\u0000&amp;';

function report(name = 'boiler-7', given: Partial<Report> = {}): Report {
  const x = Array.from({ length: 40 }, (_, index) => index * 1000);
  const y = x.map((at) => (at < 20_000 ? 1 : 5));
  const interval = { from: 18_000, to: 21_000 };
  const change = { from: 0, changedAt: 20_000, interval, detectedAt: 26_000, value: 5, before: 1, after: 5 };
  return {
    title: name,
    notes: [name],
    xIs: 'time',
    unit: 'bar',
    series: [
      {
        name,
        points: { x, y },
        ...changeMarks([change]),
        description: name,
        tables: [{ caption: name, head: ['since'], rows: [[name]] }],
      },
    ],
    ...given,
  };
}

test('a long fact is whole, on the page and in the picture', () => {
  const words = Array.from({ length: 120 }, (_, index) => `word-${index}`);
  const given = report('boiler-7', { facts: [{ name: 'Read as', text: words.join(' ') }] });
  for (const markup of [renderHtml(given), renderSvg(given)]) {
    for (const word of words) expect(markup).toContain(word);
  }
});

describe('the page', () => {
  test('needs no network, and says so to the browser', () => {
    const page = renderHtml(report());
    const { document } = parseHTML(page);
    expect(page).toContain("default-src 'none'");
    expect([...document.querySelectorAll('[src], link, iframe, object')]).toEqual([]);
    expect(page).not.toMatch(/(url\(|import\(|fetch\()/);
  });

  test('has a table for each series, a name for each plot and button, and a legend', () => {
    const { document } = parseHTML(renderHtml(report()));
    expect(document.querySelector('h1')?.textContent).toBe('boiler-7');
    expect(document.querySelector('tbody td')?.textContent).toBe('boiler-7');
    expect(document.querySelector('.plot')?.getAttribute('aria-label')).toBe('boiler-7');
    for (const button of document.querySelectorAll('button'))
      expect(button.getAttribute('aria-label')).toBeTruthy();
    expect([...document.querySelectorAll('.legend li')].map((item) => item.textContent?.trim())).toEqual([
      'first reading of a new level',
      'where it may be, 95 %',
      'until it was detected',
      'level',
      'AED detected it',
    ]);
  });

  test('hands the interval of a change to the script that draws it', () => {
    const { document } = parseHTML(renderHtml(report()));
    const [series] = JSON.parse(document.querySelector('#report')?.textContent ?? '').series;
    expect(series.intervals).toEqual([{ from: 18_000, to: 21_000 }]);
  });

  test('text that would be markup stays text', () => {
    const { document } = parseHTML(renderHtml(report(hostile)));
    expect(document.querySelectorAll('img').length).toBe(0);
    expect(document.querySelectorAll('script').length).toBe(2);
    expect(document.querySelector('h2')?.textContent).toBe('</script><img src=x onerror=alert(1)>"\'  &amp;');
    const data = document.querySelector('#report')?.textContent ?? '';
    expect(JSON.parse(data).series[0].points.x).toHaveLength(40);
  });
});

describe('the picture', () => {
  test('is one SVG with the series, the change and its legend', () => {
    const picture = renderSvg(report());
    expect(picture).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(picture).toContain('first reading of a new level');
    expect(picture).toContain('boiler-7, bar');
    expect(picture).toContain('where it may be, 95 %');
    expect(picture.match(/fill="#e69f00"/g)).toHaveLength(2);
    expect(picture).toContain('UTC, from 1970-01-01 00:00:00');
  });

  test('text that would be markup stays text', () => {
    const picture = renderSvg(report(hostile));
    expect(picture).not.toMatch(/<img|<\/script/);
    expect(picture).toContain('&lt;/script&gt;&lt;img');
  });

  test.each(['\u0000', '\uffff', '\ufffe', '\ud800', '\u001b[31m'])(
    'text that XML has no way to say, %j, leaves it readable',
    (text) => {
      const picture = renderSvg(report(`a${text}b`));
      expect(picture.isWellFormed()).toBe(true);
      // This reader refuses what is not XML.
      expect(new Resvg(picture).width).toBeGreaterThan(0);
    },
  );

  test('of many series it shows some and counts the others', () => {
    const picture = renderSvg(
      report('many', { series: Array.from({ length: 15 }, () => report().series).flat() }),
    );
    expect(picture).toContain('and 3 more series');
  });

  test('of a series without a reading, and of readings without a change', () => {
    const empty = {
      name: 'none',
      points: { x: [], y: [] },
      levels: [],
      intervals: [],
      delays: [],
      marks: [],
      description: '',
      tables: [],
    };
    expect(renderSvg(report('empty', { series: [empty] }))).toContain('none');
    expect(renderHtml(report('empty', { series: [empty], xIs: 'reading' }))).toContain('none');
    expect(
      renderSvg(report('quiet', { series: report().series.map((series) => ({ ...series, marks: [] })) })),
    ).not.toContain('decided');
  });
});
