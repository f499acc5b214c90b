const svg = 'http://www.w3.org/2000/svg';

/**
 * Shows the changes of the readings on the page, and updates them when a field changes.
 *
 * @param {Document} document
 * @param {typeof import('@aed/core').detectChangePoints} detectChangePoints
 */
export function watchPage(document, detectChangePoints) {
  const field = (id) => document.getElementById(id);
  const list = field('changes');
  const plot = field('plot');

  function show() {
    try {
      const readings = field('readings')
        .value.trim()
        .split(/[\s,;]+/)
        .map(Number);
      const changes = detectChangePoints(readings, {
        alpha: Number(field('alpha').value),
        practicalThreshold: Number(field('threshold').value),
      });
      list.replaceChildren(...(changes.length > 0 ? changes.map(describe) : ['No change.']).map(item));
      draw(readings, changes);
    } catch (error) {
      // A reading or an option breaks its rule. The message names it, the rule and the value.
      list.replaceChildren(item(error.message));
      plot.replaceChildren();
    }
  }

  function item(text) {
    const element = document.createElement('li');
    element.textContent = text;
    return element;
  }

  function draw(readings, changes) {
    const low = Math.min(...readings);
    const height = Math.max(...readings) - low || 1;
    plot.setAttribute('viewBox', `0 0 ${readings.length - 1} ${height}`);
    const points = readings.map((value, index) => `${index},${height - (value - low)}`).join(' ');
    const marks = changes.map(({ changedAt }) =>
      shape('line', { x1: changedAt, x2: changedAt, y1: 0, y2: height }),
    );
    plot.replaceChildren(shape('polyline', { points }), ...marks);
  }

  function shape(name, attributes) {
    const element = document.createElementNS(svg, name);
    for (const [attribute, value] of Object.entries(attributes))
      element.setAttribute(attribute, String(value));
    return element;
  }

  for (const id of ['readings', 'alpha', 'threshold']) field(id).addEventListener('input', show);
  show();
}

function describe({ changedAt, detectedAt, direction, magnitude, pValue }) {
  const size = Math.abs(magnitude).toPrecision(3);
  return `Reading ${changedAt}: ${direction} by ${size}, known at reading ${detectedAt}, p ${pValue.toPrecision(2)}`;
}
