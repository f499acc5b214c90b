import type { ResolvedOptions } from '@aed/core';
import { detectorOptionsFromEnvironment, environmentOfDetector } from '../settings.ts';
import { both, type Contract, resources } from './contract.ts';
import { destinationsEnvironment } from './destinations.ts';

const options: Contract<{ readonly options: ResolvedOptions }> = {
  write: (values) => environmentOfDetector(values.options),
  read: (environment) => ({ options: detectorOptionsFromEnvironment(environment) }),
};

/** The environment variables of the detector function. */
export const detectorEnvironment = both(
  resources('eventsTable', 'changePointsTable', 'rulesTable'),
  both(destinationsEnvironment, options),
);
