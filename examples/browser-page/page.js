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
      const readings = readingsOf(field('readings').value);
      if (readings.length === 0) return say('No reading.');
      const changes = detectChangePoints(readings, {
        alpha: Number(field('alpha').value),
        practicalThreshold: Number(field('threshold').value),
      });
      list.replaceChildren(...(changes.length > 0 ? changes.map(describe) : ['No change.']).map(item));
      draw(readings, changes);
    } catch (error) {
      // A reading or an option breaks its rule. The message names it, the rule and the value.
      say(error.message);
    }
  }

  /** In place of the changes and the plot. */
  function say(text) {
    list.replaceChildren(item(text));
    plot.replaceChildren();
  }

  function item(text) {
    const element = document.createElement('li');
    element.textContent = text;
    return element;
  }

  function draw(readings, changes) {
    // Not Math.min(...readings): a call takes only so many arguments.
    const low = readings.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
    const high = readings.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    const height = high - low || 1;
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

/** What the text holds between spaces, line ends, commas and semicolons. The last cell may end with a comma or semicolon, too. */
function readingsOf(text) {
  const cells = text.trim().split(/\s*[,;]\s*|\s+/);
  if (cells.at(-1) === '') cells.pop();
  // An empty cell is no 0, as it is to Number. What is no number stays text, which the detector's error shows.
  return cells.map((cell) => (cell !== '' && Number.isFinite(Number(cell)) ? Number(cell) : cell));
}

function describe({ changedAt, detectedAt, direction, magnitude, pValue }) {
  const size = Math.abs(magnitude).toPrecision(3);
  return `Reading ${changedAt}: ${direction} by ${size}, known at reading ${detectedAt}, p ${pValue.toPrecision(2)}`;
}
