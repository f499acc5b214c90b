/**
 * The name of the series of one field, or column, of a device: `d1/temperature`.
 *
 * A slash in the name of the field is written `~1`, and `~` is written `~0`, as in a JSON Pointer. So the last slash ends the device's name:
 * the field `b` of `d1/a` and the field `a/b` of `d1` are two series.
 * Source: RFC 6901, section 3.
 */
export function seriesOfField(device: string, field: string): string {
  return `${device}/${fieldInSeries(field)}`;
}

/** A field as it stands in the name of a series. */
export function fieldInSeries(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The device and the field of such a name; `undefined` if it is none. */
export function fieldOfSeries(
  series: string,
): { readonly device: string; readonly field: string } | undefined {
  const at = series.lastIndexOf('/');
  const written = series.slice(at + 1);
  if (at < 1 || written === '' || /~(?![01])/.test(written)) return undefined;
  return { device: series.slice(0, at), field: written.replaceAll('~1', '/').replaceAll('~0', '~') };
}
