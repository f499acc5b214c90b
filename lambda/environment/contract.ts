import { refuseSameValues, type SettingsTable, type ValuesOf } from '../setting-row.ts';
import { type Environment, required, variableOf } from '../settings.ts';

/** The environment variables of a function. The stack writes them, and the function reads them. */
export interface Contract<Values> {
  write(values: Values): Readonly<Record<string, string>>;
  /** @throws RangeError naming the variable that is missing or wrong */
  read(environment: Environment): Values;
}

/** The names of the resources that hold a function's data. */
export interface Resources {
  readonly eventsTable: string;
  readonly changePointsTable: string;
  /** The index of the change-points table in which the sweeper finds pending change points. */
  readonly pendingIndex: string;
  /** Holds options of many series, and mutes. */
  readonly rulesTable: string;
  readonly quarantineBucket: string;
  readonly topicArn: string;
  /** The topic to which the digest publishes messages for people. */
  readonly peopleTopicArn: string;
  /** The queue of the digest. */
  readonly digestQueueUrl: string;
  /** The bus of EventBridge, by name or ARN. */
  readonly eventBus: string;
}

/** The variables of some resources. Each of them is required. */
export function resources<Name extends keyof Resources>(
  ...names: readonly Name[]
): Contract<Pick<Resources, Name>> {
  return {
    write: (values) => Object.fromEntries(names.map((name) => [variableOf(name), values[name]])),
    read(environment) {
      const values = names.map((name) => [name, required(environment, variableOf(name))]);
      return Object.fromEntries(values) as Pick<Resources, Name>;
    },
  };
}

/** The variables of all resources except the bus, which the pipeline on one machine does not have. */
export const allResources: Contract<Omit<Resources, 'eventBus'>> = resources(
  'eventsTable',
  'changePointsTable',
  'pendingIndex',
  'rulesTable',
  'quarantineBucket',
  'topicArn',
  'peopleTopicArn',
  'digestQueueUrl',
);

/**
 * The variables of a table's settings. A setting without a variable has its default.
 *
 * @param check - throws a RangeError if the values break a rule together
 */
export function settings<Table extends SettingsTable>(
  table: Table,
  check: (values: ValuesOf<Table>) => void = () => {},
): Contract<ValuesOf<Table>> {
  const rows = Object.entries(table);
  return {
    write(values) {
      const byName: Readonly<Record<string, unknown>> = values;
      return Object.fromEntries(rows.map(([name, row]) => [variableOf(name), row.toText(byName[name])]));
    },
    read(environment) {
      const read = rows.map(([name, row]) => {
        const variable = variableOf(name);
        const text = environment[variable];
        return [name, text === undefined ? row.default : row.fromText(variable, text)];
      });
      const values: Readonly<Record<string, unknown>> = Object.fromEntries(read);
      refuseSameValues(table, values, variableOf);
      check(values as ValuesOf<Table>);
      return values as ValuesOf<Table>;
    },
  };
}

/** Two contracts in one. */
export function both<One, Other>(one: Contract<One>, other: Contract<Other>): Contract<One & Other> {
  return {
    write: (values) => ({ ...one.write(values), ...other.write(values) }),
    read: (environment) => ({ ...one.read(environment), ...other.read(environment) }),
  };
}
