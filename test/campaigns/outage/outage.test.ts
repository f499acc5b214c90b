import { Agent } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { useBackend } from '../../use/backend.ts';
import { judgeOutage } from './judge-outage.ts';
import { runOutage } from './run-outage.ts';

const agent = new Agent({ keepAlive: true });
const [up, down] = [useBackend(), useBackend()];

afterAll(() => agent.destroy());

test('an hour without the topic: every series is tested as if it were up, and one sweep publishes the rest, once', async () => {
  const size = { quiet: 3, changing: 3, everyMinutes: 3 };
  const usual = await runOutage(size, up, agent);
  const through = await runOutage({ ...size, fault: 'refused' }, down, agent);
  expect(judgeOutage(usual, through)).toEqual([]);
  expect(through.waited).toBeGreaterThan(size.changing);
});
