import { choiceSetting, integerOrWordSetting, switchSetting } from '../lambda/setting-row.ts';

/** The most is far above the default quota of a table, 40,000 units a second each for reads and writes. */
const units = { least: 1, most: 1_000_000 };

/** The warm throughput of a new on-demand table. It can only be raised. */
export const warmAtFirst = { reads: 12_000, writes: 4_000 };

/** The settings of the tables: how much they take, and what is kept of them. */
export const tableSettings = {
  tableCapacity: integerOrWordSetting({
    ...units,
    default: 'on-demand',
    word: 'on-demand',
    meaning:
      'read and write units a second of each table except the rules table; auto scaling follows the use, down to a tenth. With `on-demand`, DynamoDB follows the load',
  }),
  onDemandLimit: integerOrWordSetting({
    ...units,
    default: 'none',
    word: 'none',
    meaning: 'read and write units a second that each on-demand table takes at most, which bounds the cost',
  }),
  /** DynamoDB, "Understanding DynamoDB warm throughput": https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html */
  warmReads: integerOrWordSetting({
    default: 'auto',
    word: 'auto',
    least: warmAtFirst.reads,
    most: units.most,
    meaning:
      'read units a second that each on-demand table except the rules table takes at once; without it 12,000 when new, then by use',
  }),
  warmWrites: integerOrWordSetting({
    default: 'auto',
    word: 'auto',
    least: warmAtFirst.writes,
    most: units.most,
    meaning:
      'write units a second that each on-demand table except the rules table takes at once; without it 4,000 when new, then by use',
  }),
  eventsRecovery: switchSetting(
    'point-in-time recovery of the events table over 35 days, at extra cost. The other tables always have it',
    true,
  ),
  deletionProtection: switchSetting('DynamoDB refuses to delete the tables. Not with `removal=destroy`'),
  removal: choiceSetting({
    words: ['keep', 'destroy'],
    meaning: 'whether deleting the stack deletes the data',
  }),
};
