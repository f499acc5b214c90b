import { expect, test } from 'vitest';
import type { ReportEntry } from '../../lambda/function-report.ts';
import { usePipeline } from '../use/backend.ts';
import { shiftTogether } from './shift-together.ts';

const reports: ReportEntry[] = [];
const pipeline = usePipeline({ digestSeconds: 2, report: (entry) => void reports.push(entry) });

test('series that shift together are as many messages to machines, and at most two to people', async () => {
  const many = 40;
  const { machines, people } = await shiftTogether(pipeline, many);
  expect(new Set(machines.map(({ seriesId }) => seriesId)).size).toBe(many);
  expect(machines).toHaveLength(many);
  expect(people.length).toBeLessThanOrEqual(2);
  expect(people.map(({ seriesTold }) => seriesTold).reduce((sum, told) => sum + told)).toBe(many);
  expect(people[0]?.text).toMatch(/^\d+ series shifted, the largest changes first:\n\ns39: /);
  const digests = reports.filter(({ step }) => step === 'digest');
  expect(digests.map(({ told }) => told)).toEqual(people.map(({ seriesTold }) => seriesTold));
});
