import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { putEvents } from '../../../cli/produce/put-events.ts';
import { realBackoff } from '../../../lambda/backoff.ts';
import { dynamoClient } from '../../../lambda/clients.ts';
import { type Pipeline, startPipeline } from '../../../local/pipeline.ts';
import { names } from '../../../local/resources.ts';
import { startLivePage } from '../../../web/server/live-page.ts';
import type { LivePage } from '../../../web/server/serve-page.ts';
import { launchBrowser } from '../browser/launch.ts';

/** A pipeline with its page, and a browser to look at it. */
export interface Stage {
  readonly pipeline: Pipeline;
  readonly browser: Browser;
  readonly url: string;
  /** Serves the page anew, at the same address. */
  restartPage(): Promise<void>;
  stopPage(): Promise<void>;
  /** The page in a new window; what it complains about goes to `complaints`. */
  open(options?: BrowserContextOptions, hash?: string): Promise<Page>;
  readonly complaints: string[];
  put(seriesId: string, values: readonly number[], from?: number): Promise<void>;
  /** The items of the change points of a series. */
  changePoints(seriesId: string): Promise<QueryCommandOutput>;
  close(): Promise<void>;
}

const start = Date.UTC(2026, 0, 1);

/** @param flags - of the browser */
export async function openStage(
  environment: Record<string, string>,
  flags: readonly string[] = [],
): Promise<Stage> {
  const browser = await launchBrowser(flags);
  const pipeline = await startPipeline({ environment, report() {} });
  const serve = (port: number) => startLivePage({ pipeline, port, title: 'Three boilers', unit: '°C' });
  let page: LivePage = await serve(0);
  const { url } = page;
  const complaints: string[] = [];
  return {
    pipeline,
    browser,
    url,
    complaints,
    async restartPage() {
      page = await serve(Number(new URL(url).port));
    },
    stopPage: () => page.close(),
    async open(options = {}, hash = '') {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      const opened = await context.newPage();
      opened.on('pageerror', (error) => complaints.push(String(error)));
      opened.on('dialog', (dialog) => {
        complaints.push(`a dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      opened.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await opened.goto(`${url}${hash}`);
      return opened;
    },
    async put(seriesId, values, from = 0) {
      const events = values.map((value, index) => ({
        seriesId,
        timestamp: start + (from + index) * 1000,
        value,
      }));
      await putEvents(pipeline.clients.kinesis, names.stream, events, { backoff: realBackoff });
    },
    changePoints: (seriesId) =>
      dynamoClient(pipeline.environment).send(
        new QueryCommand({
          TableName: names.changePointsTable,
          KeyConditionExpression: 'seriesId = :series AND begins_with(sortKey, :prefix)',
          ExpressionAttributeValues: { ':series': seriesId, ':prefix': 'CP#' },
        }),
      ),
    async close() {
      await browser.close();
      await page.close();
      await pipeline.close();
    },
  };
}

const pictures = fileURLToPath(new URL('../../../coverage/page/', import.meta.url));

/** Keeps what the page looks like, to be looked at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}${name}.png`, fullPage: true });
}

/** What axe finds wrong: the rule, and where. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run(document)');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

/** Pixels of the plot in the colour of a change. */
export function changePixels(page: Page): Promise<number> {
  return page.evaluate(`(() => {
    const canvas = document.querySelector('#plot canvas');
    if (canvas === null) return 0;
    const probe = document.createElement('canvas').getContext('2d');
    probe.fillStyle = getComputedStyle(canvas).getPropertyValue('--plot-change');
    probe.fillRect(0, 0, 1, 1);
    const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count++;
    }
    return count;
  })()`);
}
