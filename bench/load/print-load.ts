import { cpus, loadavg } from 'node:os';
import Table from 'cli-table3';
import type { Quantiles } from './latencies.ts';
import type { LoadResult, LoadSample } from './load-result.ts';
import type { LoadOptions } from './run-load.ts';

/** Most rows in the table of samples. */
const rows = 12;

/** The result of a load run, as text. */
export function describeLoad(
  result: LoadResult,
  { series, rate, windowSeconds, recordersAtOnce }: LoadOptions,
): string {
  const { samples, toTested, toNotified } = result;
  const every = Math.max(1, Math.ceil(samples.length / rows));
  const course = table([
    's',
    'put',
    'recorded',
    'tested',
    'backlog',
    'notified',
    'memory, MB',
    'emulators, MB',
  ]);
  for (const sample of samples.filter((_, index) => (index + 1) % every === 0)) course.push(cells(sample));
  const took = table(['from put to', 'p50, ms', 'p99, ms', 'longest, ms']);
  took.push(['tested', ...quantiles(toTested)], ['notified', ...quantiles(toNotified)]);
  return [
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load average ${loadavg()[0]?.toFixed(1)}`,
    `${series} series, ${rate} events a second, the detector's batch window ${windowSeconds} s, ` +
      `${recordersAtOnce} ${recordersAtOnce === 1 ? 'batch' : 'batches'} of the recorder at once`,
    course.toString(),
    took.toString(),
    `${result.put} put, ${result.recorded} recorded, ${result.tested} tested, ${result.late} late, ${result.setAside} set aside`,
    `${result.found} change points of ${result.expected} expected, ${result.published} published, ${result.notified} notified`,
    `${Math.round(result.eventsPerSecond)} events/s, peak memory ${Math.round(result.peakMemoryMegabytes)} MB`,
    `functions: ${work(result, result.cpuSeconds)}; emulators: ${work(result, result.emulatorCpuSeconds)}`,
  ].join('\n');
}

/** How busy a process was. */
function work({ testedSeconds, tested }: LoadResult, cpuSeconds: number): string {
  const anEvent = (1e3 * cpuSeconds) / tested;
  return `${(cpuSeconds / testedSeconds).toFixed(2)} processors busy, ${anEvent.toFixed(3)} ms of processor an event`;
}

function table(head: readonly string[]) {
  return new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, index) => (index === 0 && head.length === 4 ? 'left' : 'right')),
  });
}

function cells({
  second,
  put,
  recorded,
  tested,
  backlog,
  notified,
  memoryMegabytes,
  emulatorMegabytes,
}: LoadSample): string[] {
  return [
    second,
    put,
    recorded,
    tested,
    backlog,
    notified,
    Math.round(memoryMegabytes),
    Math.round(emulatorMegabytes),
  ].map(String);
}

function quantiles(of: Quantiles | undefined): string[] {
  return of === undefined
    ? ['-', '-', '-']
    : [of.p50, of.p99, of.max].map((time) => String(Math.round(time)));
}
