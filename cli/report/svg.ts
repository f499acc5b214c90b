import { parseHTML } from 'linkedom';
import { escaped } from './markup.ts';
import type { Report } from './report.ts';
import { factsBlock, legendBlock, summaryBlock } from './svg-blocks.ts';
import { panel } from './svg-panel.ts';
import { boldText, fonts, pictureWidth, svgText } from './svg-text.ts';

const panelHeight = 300;
const titleHeight = 34;
const restHeight = 26;
/** Number of series in a picture. The page has all of them. */
const mostPanels = 12;

/** The report as one picture for documents: what was read, its series in a table and below one another, on white. */
export function renderSvg(report: Report): string {
  const drawn = report.series.slice(0, mostPanels);
  const rest = (report.summary?.rows.length ?? report.series.length + (report.further ?? 0)) - drawn.length;
  let height = titleHeight;
  const parts: string[] = [];
  for (const block of [factsBlock(report), summaryBlock(report), legendBlock(report)]) {
    parts.push(...block.at(height));
    height += block.height;
  }
  const { document } = parseHTML('<html><body></body></html>');
  for (const series of drawn) {
    parts.push(panel(document, series, report, { y: height, height: panelHeight }));
    height += panelHeight;
  }
  if (rest > 0) {
    height += restHeight;
    parts.push(svgText(16, height - 9, `and ${rest} more series`, 'font-size="12"'));
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${pictureWidth} ${height}" width="${pictureWidth}" height="${height}" role="img" aria-label="${escaped(description(report))}" font-family="${fonts}">`,
    `<rect width="${pictureWidth}" height="${height}" fill="#fff"/>`,
    boldText(16, 23, report.title, 16, pictureWidth - 32),
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function description({ title, series }: Report): string {
  return [title, ...series.slice(0, mostPanels).map((one) => one.description)].join('. ');
}
