/**
 * Takes docs/images/live-page.png, a picture of the live page at the moment when steam reaches the sensor of mote 1.
 *
 * Method: the sensor network goes through the pipeline on this machine, as `npm start -- --serve` sends it. Headless Chromium
 * opens the page on mote 1 and zooms in on its first change.
 *
 * Run: npx tsx bench/live-picture.ts
 * Needs Chromium, as `npm run test:page` does.
 */

import { fileURLToPath } from 'node:url';
import { sensorNetwork } from '../cli/datasets/sensor-network.ts';
import { environmentOfFlags } from '../cli/detector-options.ts';
import { putEvents } from '../cli/produce/put-events.ts';
import { realBackoff } from '../lambda/backoff.ts';
import { startPipeline } from '../local/pipeline.ts';
import { names } from '../local/resources.ts';
import { launchBrowser } from '../test/web/browser/launch.ts';
import { startLivePage } from '../web/server/live-page.ts';
import { scriptArguments } from './script-arguments.ts';

scriptArguments(import.meta.url);

const target = fileURLToPath(new URL('../docs/images/live-page.png', import.meta.url));
const dataset = sensorNetwork();
const environment = environmentOfFlags({ practicalThreshold: String(dataset.practicalThreshold) });
const pipeline = await startPipeline({ environment, report() {} });
const page = await startLivePage({ pipeline, title: 'Humidity at four sensor motes', unit: dataset.unit });
const put = await putEvents(pipeline.clients.kinesis, names.stream, dataset.readings, {
  backoff: realBackoff,
});
await pipeline.recorder.doneWith(put);
await pipeline.detector.doneWith(pipeline.tableStream.length);

const browser = await launchBrowser();
const view = await browser.newPage({ viewport: { width: 1360, height: 850 }, deviceScaleFactor: 1 });
await view.goto(`${page.url}#mote-1-humidity`);
await view.locator('#changes .zoom').last().click();
await view.locator('#whole:enabled').waitFor();
await view.locator('#what-if', { hasText: 'own options' }).waitFor();
await view.locator('#evidence', { hasText: 'needed' }).waitFor();
await view.evaluate('document.activeElement.blur(), scrollTo(0, 0)');
await view.screenshot({ path: target });
process.stdout.write(`${target}\n`);
await browser.close();
await page.close();
await pipeline.close();
