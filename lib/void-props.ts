/** @throws RangeError if a prop is given for a resource that exists already, whose owner decides that */
export function refuseVoid(resource: string, props: Readonly<Record<string, unknown>>): void {
  const given = Object.entries(props).find(([, value]) => value !== undefined);
  if (given === undefined) return;
  const [name, value] = given;
  throw new RangeError(`${name} must not be given with ${resource}, got '${value}'`);
}
