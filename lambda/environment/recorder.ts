import { eventSettings, fieldSettings } from '../settings.ts';
import { both, resources, settings } from './contract.ts';

/** The environment variables of the recorder function. */
export const recorderEnvironment = both(
  resources('eventsTable', 'quarantineBucket'),
  settings({ ...fieldSettings, ...eventSettings }),
);
