import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Report } from './report.ts';

type Render = (report: Report) => Promise<string | Uint8Array>;

/** Loaded on demand: the drawing libraries are larger than the rest of the tool. */
const renderers: Readonly<Record<string, Render>> = {
  '.html': async (report) => (await import('./html.ts')).renderHtml(report),
  '.svg': async (report) => (await import('./svg.ts')).renderSvg(report),
  '.png': renderPng,
};

/** The extensions of report files. */
export const reportExtensions = Object.keys(renderers);

/** Whether the extension of a file is that of a report. */
export function isReportPath(path: string): boolean {
  return reportExtensions.includes(extname(path).toLowerCase());
}

/** Writes a report in the format of its extension. @throws the error of the file system */
export async function writeReport(path: string, report: Report): Promise<void> {
  const render = renderers[extname(path).toLowerCase()];
  if (render === undefined)
    throw new RangeError(`a report must end in one of ${reportExtensions.join(', ')}, got '${path}'`);
  await writeFile(path, await render(report));
}

/** Sharp on screens with two device pixels a pixel. */
const zoom = 2;

async function renderPng(report: Report): Promise<Uint8Array> {
  const [{ renderSvg }, { Resvg }] = await Promise.all([import('./svg.ts'), import('@resvg/resvg-js')]);
  const image = new Resvg(renderSvg(report), {
    fitTo: { mode: 'zoom', value: zoom },
    font: { loadSystemFonts: true },
  });
  return image.render().asPng();
}
