import { elementOf } from '../elements.ts';
import { zones } from './chosen.ts';
import { type Zone, zoneOfBrowser } from './shown-times.ts';

/** The choice of the zone in which times are shown. @returns a function that shows which one is chosen */
export function zoneSwitch(onChoose: (zone: Zone) => void): (zone: Zone) => void {
  const select = elementOf('zone', HTMLSelectElement);
  const local = elementOf('zone-local', HTMLOptionElement);
  local.textContent = `local (${zoneOfBrowser()})`;
  select.addEventListener('input', () => {
    const chosen = zones.find((zone) => zone === select.value);
    if (chosen !== undefined) onChoose(chosen);
  });
  return (zone) => {
    select.value = zone;
  };
}
