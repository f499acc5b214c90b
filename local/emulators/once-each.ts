/** Gives databases by name as before, each changed when it is first asked for. */
export function onceEach<Database extends object>(
  get: (name: string) => Database,
  change: (database: Database, name: string) => void,
): (name: string) => Database {
  const changed = new WeakSet<Database>();
  return (name) => {
    const database = get(name);
    if (!changed.has(database)) {
      changed.add(database);
      change(database, name);
    }
    return database;
  };
}
