import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DynamoDBStreamEvent, KinesisStreamEvent } from 'aws-lambda';
import type { Environment } from '../../lambda/settings.ts';
import type { FilterPattern } from '../../lib/deployment-limits.ts';
import { sourcesOfRevision } from '../revision.ts';
import { originalDesign } from './original-design.ts';

/** The functions of a service, each with a memory of its own. */
export interface Service {
  readonly name: string;
  recorder(environment: Environment): (batch: KinesisStreamEvent) => Promise<unknown>;
  detector(environment: Environment): (batch: DynamoDBStreamEvent) => Promise<unknown>;
  /** Which records of the events table's stream reach the detector. */
  readonly filters: readonly FilterPattern[];
}

type Recorders = typeof import('../../lambda/recorder/recorder.ts');
type Detectors = typeof import('../../lambda/detector/detector.ts');
type Limits = typeof import('../../lib/deployment-limits.ts');

const root = fileURLToPath(new URL('../..', import.meta.url));

export const original: Service = {
  name: 'original design',
  recorder: (environment) => originalDesign(environment).record,
  detector: (environment) => originalDesign(environment).detect,
  filters: [],
};

/** The service of the working tree. */
export function current(): Promise<Service> {
  return load('now', root);
}

/** The service of another revision, with the core of the working tree. */
export function ofRevision(revision: string): Promise<Service> {
  const sources = sourcesOfRevision(revision, 'lambda', 'lib', 'package.json', 'tsconfig.json');
  return load(`revision ${revision}`, sources);
}

async function load(name: string, folder: string): Promise<Service> {
  const from = (path: string) => import(pathToFileURL(join(folder, path)).href);
  const { recorderHandler }: Recorders = await from('lambda/recorder/recorder.ts');
  const { detectorHandler }: Detectors = await from('lambda/detector/detector.ts');
  const { deploymentLimits }: Limits = await from('lib/deployment-limits.ts');
  const report = ({ error }: { readonly error?: unknown }) => {
    if (error !== undefined) throw error;
  };
  return {
    name,
    recorder: (environment) => recorderHandler(environment, report),
    detector: (environment) => detectorHandler(environment, report),
    filters: deploymentLimits.detector.mapping.filters,
  };
}
