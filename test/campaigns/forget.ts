/**
 * Forgets one series among many while the others go on, stopped and begun again some times. Nothing of it may be left in any table, chunk,
 * index or object of the quarantine, and the others must have what they would have had without it.
 *
 * Run: npx tsx test/campaigns/forget.ts [other series, default 999] [stops, default 5]
 */
import { scriptArguments, whole } from '../../bench/script-arguments.ts';
import { startPipeline } from '../../local/pipeline.ts';
import { runForget } from './forget/run-forget.ts';

const { others, stops } = scriptArguments(import.meta.url, { others: whole(999), stops: whole(5) });
const begunAt = performance.now();
const pipeline = await startPipeline({
  digestSeconds: 0,
  report({ error }) {
    if (error !== undefined) process.stderr.write(`${String(error)}\n`);
  },
});
try {
  const { wrong, deleted, meanwhile } = await runForget(pipeline, { others, own: 800, stops });
  if (!deleted.chunks) throw new Error('the forgotten series must have had a chunk');
  if (wrong.length > 0) throw new Error(wrong.slice(0, 20).join('\n'));
  const what = Object.entries(deleted)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
  const seconds = ((performance.now() - begunAt) / 1000).toFixed(0);
  process.stdout.write(
    `a series among ${others} others, stopped ${stops} times: deleted ${what}; nothing of it is left, and the others lack nothing, ` +
      `with ${meanwhile} readings that they got meanwhile (${seconds} s)\n`,
  );
} finally {
  await pipeline.close();
}
