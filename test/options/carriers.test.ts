import {
  AedDetector,
  detectChangePoints,
  type OptionName,
  optionsFromText,
  optionsToText,
  type ResolvedOptions,
} from '@aed/core';
import { Command } from 'commander';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDetectorOptions,
  type DetectorTexts,
  environmentOfFlags,
  flagsOf,
  freeDetectorOptions,
} from '../../cli/detector-options.ts';
import { givenOptions } from '../../cli/rules/given-options.ts';
import { setSeriesOptions } from '../../cli/service/answers.ts';
import { storedChangePoints } from '../../cli/service/stored-series.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import { nameChangePoint, type SeriesChangePoint } from '../../lambda/change-point.ts';
import { dynamoClient } from '../../lambda/clients.ts';
import { detectorEnvironment } from '../../lambda/environment/detector.ts';
import { messageFor } from '../../lambda/notify/message.ts';
import { RuleSet } from '../../lambda/rules/rule-set.ts';
import { ruleTarget } from '../../lambda/rules/rule-target.ts';
import { currentRules, rulesTable } from '../../lambda/rules/rules-table.ts';
import { setOptions } from '../../lambda/rules/set-options.ts';
import { optionsOfSeries, serviceOptions } from '../../lambda/service-options.ts';
import { detectorOptionsFromEnvironment, environmentOfDetector } from '../../lambda/settings.ts';
import { changePointsTable } from '../../lambda/tables/change-points-table.ts';
import { names } from '../../local/resources.ts';
import { readHistory } from '../../web/server/series-history.ts';
import { asText, propertiesOf, synthesize, withProps } from '../lib/synthesize.ts';
import { useBackend } from '../use/backend.ts';
import { optionNames, otherOptions, rowOf } from './other-options.ts';

const backend = useBackend();
const defaults = detectorOptionsFromEnvironment({});
let series = 0;
const newSeries = () => `series-${series++}`;

/** Every way by which options go from who sets them to who uses or shows them, with what comes out at its end. */
const carriers: readonly (readonly [
  carrier: string,
  runs: number,
  carry: (options: ResolvedOptions) => Promise<unknown> | ResolvedOptions,
])[] = [
  ['JSON', 100, (options) => AedDetector.fromJSON(copy(new AedDetector(options).toJSON())).options],
  ['bytes', 100, (options) => AedDetector.fromBytes(new AedDetector(options).toBytes()).options],
  ['text', 100, (options) => serviceOptions(optionsFromText(optionsToText(options)))],
  ['environment', 100, (options) => detectorOptionsFromEnvironment(environmentOfDetector(options))],
  ['long flags', 100, (options) => ofService(parsed(options, ({ long }) => long))],
  ['short flags', 100, (options) => ofService(parsed(options, ({ short, long }) => short ?? long))],
  ['flags of aed detect', 100, (options) => freeDetectorOptions(parsed(options, ({ long }) => long))],
  ['settings of CDK as text', 1, (options) => deployed(synthesize(optionsToText(options)))],
  ['settings of CDK as in cdk.json', 1, (options) => deployed(synthesize({ ...options }))],
  ['props of the construct', 1, (options) => deployed(withProps(() => ({ detector: options })))],
  ["a series' own options", 5, (options) => ownOptions(options)],
  ["a series' own options on the page", 5, (options) => ownOptionsOnPage(options)],
  ['a rule', 5, (options) => ruledOptions(options)],
  ['a rule on the page', 5, (options) => ruledOptionsOnPage(options)],
  ['the flags of a rule', 100, (options) => ofRule(parsed(options, ({ long }) => long))],
  ['a stored change point', 5, (options) => storedOptions(options)],
  ['a message', 100, (options) => messageOptions(options)],
];

test.each(carriers)('%s: every option comes through', async (_, numRuns, carry) => {
  const comesThrough = fc.asyncProperty(otherOptions, async (options) => {
    expect(await carry(options)).toEqual(options);
  });
  await fc.assert(comesThrough, { numRuns });
});

test.each(carriers)(
  '%s: a stated rate of false alarms comes through with the MPP test too',
  async (_, __, carry) => {
    const options = { ...defaults, falseAlarmEvery: 500 };
    expect(await carry(options)).toEqual(options);
  },
);

test("a series' own options that break a rule are neither used nor shown", async () => {
  const broken = { ...defaults, startup: 1 };
  expect(optionsOfSeries(broken, defaults)).toEqual({
    options: defaults,
    optionsError: new RangeError('startup must be an integer of at least 2, got 1'),
  });
  expect(await ownOptionsOnPage(broken)).toEqual(defaults);
});

function copy<Data>(data: Data): Data {
  return JSON.parse(JSON.stringify(data));
}

interface Flags {
  readonly short: string | undefined;
  readonly long: string;
}

/** What a command makes of flags that say these options, as far as they are not the defaults. */
function parsed(options: ResolvedOptions, flagOf: (flags: Flags) => string): DetectorTexts {
  const texts = optionsToText(options);
  const said = optionNames.filter((name) => options[name] !== rowOf(name).default);
  const args = said.flatMap((name) => [flagOf(flags(name)), texts[name]]);
  return addDetectorOptions(new Command()).parse(args, { from: 'user' }).opts();
}

function flags(name: OptionName): Flags {
  const written = flagsOf(name, rowOf(name));
  return { short: /^-\w\b/.exec(written)?.[0], long: /--[\w-]+/.exec(written)?.[0] ?? '' };
}

const ofService = (texts: DetectorTexts) => detectorOptionsFromEnvironment(environmentOfFlags(texts));

/** The options of a deployed detector function. */
function deployed(template: ReturnType<typeof synthesize>): ResolvedOptions {
  const { Environment } = propertiesOf(template, 'AWS::Lambda::Function', 'DetectionDetector');
  const variables = Object.entries((Environment as { Variables: object }).Variables);
  const environment = Object.fromEntries(variables.map(([name, value]) => [name, asText(value)]));
  return detectorEnvironment.read(environment).options;
}

async function ownOptions(options: ResolvedOptions): Promise<ResolvedOptions> {
  const seriesId = newSeries();
  await setSeriesOptions(backend.clients.dynamoDb, names.changePointsTable, seriesId, options);
  const head = await table().head(seriesId);
  return optionsOfSeries(head.options, defaults).options;
}

async function ownOptionsOnPage(options: ResolvedOptions): Promise<ResolvedOptions> {
  const seriesId = newSeries();
  await setSeriesOptions(backend.clients.dynamoDb, names.changePointsTable, seriesId, options);
  const { history } = await readHistory({ ...backend.clients, ...names }, seriesId, defaults);
  return copy(history.options);
}

/** The flags of a rule say no defaults. */
function ofRule(texts: DetectorTexts): ResolvedOptions {
  const given = Object.keys(texts).length === 0 ? {} : givenOptions(texts);
  return optionsOfSeries(given, defaults).options;
}

async function setRule(options: ResolvedOptions): Promise<string> {
  const seriesId = newSeries();
  const surroundings = { by: 'tester', clock: () => new Date(), backoff: realBackoff };
  await setOptions(ruleTarget(seriesId), options, { table: rules(), ...surroundings });
  return seriesId;
}

async function ruledOptions(options: ResolvedOptions): Promise<ResolvedOptions> {
  const seriesId = await setRule(options);
  const ruled = new RuleSet(await currentRules(rules(), 1000, new Date()), defaults);
  return ruled.of(seriesId).optionsWith({ alpha: 0.5 }).options;
}

async function ruledOptionsOnPage(options: ResolvedOptions): Promise<ResolvedOptions> {
  const { history } = await readHistory({ ...backend.clients, ...names }, await setRule(options), defaults);
  return copy(history.options);
}

async function storedOptions(options: ResolvedOptions): Promise<ResolvedOptions | undefined> {
  const found = change(options);
  await table().store(found, '2026-01-01T00:00:00.000Z');
  const stored = storedChangePoints(backend.clients.dynamoDb, names.changePointsTable);
  const [first] = await stored.changePoints(found.seriesId);
  return first?.options;
}

function messageOptions(options: ResolvedOptions): ResolvedOptions {
  const { Message = '' } = messageFor(change(options));
  return JSON.parse(Message).options;
}

const rules = () => rulesTable(dynamoClient(backend.environment), names.rulesTable);

const table = () => changePointsTable(dynamoClient(backend.environment), names.changePointsTable, newSeries);

/** A change point that is said to be found with these options. */
function change(options: ResolvedOptions): SeriesChangePoint {
  const values = [...Array(20).fill(0), ...Array(20).fill(9)];
  const [found] = detectChangePoints(values);
  if (found === undefined) throw new Error('the series must have a change point, got none');
  const regime = values.map((value, index) => ({ eventKey: `${new Date(index).toISOString()}#`, value }));
  return nameChangePoint(found, newSeries(), regime, 0, options);
}
