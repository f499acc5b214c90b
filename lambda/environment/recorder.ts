import { fieldSettings, formatSettings } from '../field-settings.ts';
import { refuseUnmatched } from '../record-settings.ts';
import { eventSettings, variableOf } from '../settings.ts';
import { both, resources, settings } from './contract.ts';

/** The environment variables that say how events are found in records. */
export const recordVariables = settings({ ...fieldSettings, ...formatSettings }, (values) =>
  refuseUnmatched(values, variableOf),
);

/** The environment variables of the recorder function. */
export const recorderEnvironment = both(
  both(resources('eventsTable', 'quarantineBucket'), recordVariables),
  settings(eventSettings),
);
