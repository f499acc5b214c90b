import { expect, test } from 'vitest';
import replacements from '../../bench/results/replacements.json' with { type: 'json' };
import { changesIn } from '../../bench/settings/cdk-diff.ts';
import { withReplacements } from '../../bench/settings/replacement-table.ts';
import { settingsTable } from '../../lib/settings-table.ts';
import { textOf } from '../pages.ts';

test('cdk diff was asked for every setting that changes a deployed service', () => {
  const asked = replacements.rows.map(({ setting }) => setting);
  const settings = Object.keys(settingsTable).filter((name) => !['stackName', 'shardsNow'].includes(name));
  expect(asked.sort()).toEqual(['alpha', ...settings].sort());
});

test('docs/operations.md has its answers', () => {
  const page = textOf('docs/operations.md');
  expect(page).toContain('<!-- table: replacements -->');
  expect(withReplacements(page)).toBe(page);
});

test('its lines are read', () => {
  const diff = [
    'Resources',
    '[+] AWS::Kinesis::StreamConsumer Default/Ingestion/FanOut IngestionFanOut0B5C3FEC',
    '[-] AWS::SNS::Topic Other Other0B5C3FEC destroy',
    '[~] AWS::Lambda::EventSourceMapping Default/Ingestion/Recorder/Records IngestionRecorderRecordsD5F763FB replace',
    ' └─ [~] EventSourceArn (requires replacement)',
    '[~] AWS::Kinesis::Stream Default/Ingestion/Stream IngestionStreamE182A196 may be replaced',
    '[~] AWS::IAM::Policy Default/Role/DefaultPolicy RoleDefaultPolicyB330DE72',
  ];
  expect(changesIn(diff.join('\n'))).toEqual({
    replaced: ['Ingestion/Recorder/Records', 'Ingestion/Stream'],
    changed: ['Role/DefaultPolicy'],
    made: ['Ingestion/FanOut'],
    deleted: ['Other'],
  });
  expect(() => changesIn('There were no differences')).toThrow('cdk diff must list resources');
});
