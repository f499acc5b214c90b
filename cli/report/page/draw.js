// Draws the plots of a report, in the reader's browser. uPlot and the report's data stand in the page before this script.
(() => {
  const { xIs, unit, markStyles, tickParts, series } = JSON.parse(
    document.getElementById('report').textContent,
  );
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  /** The label of a tick, UTC: as much of the time as the span of the axis asks for. */
  function tickLabel(at, span) {
    const { from, to } = tickParts.find(({ upTo }) => upTo === null || span <= upTo);
    return new Date(at).toISOString().slice(from, to);
  }

  /** Shapes around a place on the canvas, `size` being one CSS pixel. */
  const shapes = {
    triangle(context, x, y, size) {
      context.moveTo(x, y - 6 * size);
      context.lineTo(x + 5.5 * size, y + 4 * size);
      context.lineTo(x - 5.5 * size, y + 4 * size);
      context.closePath();
    },
    dot: (context, x, y, size) => context.arc(x, y, 5 * size, 0, 2 * Math.PI),
    ring: (context, x, y, size) => context.arc(x, y, 7 * size, 0, 2 * Math.PI),
  };

  function underneath(plot, { intervals, delays }) {
    shade(plot, delays, 'delay');
    shade(plot, intervals, 'interval');
  }

  function shade(plot, spans, name) {
    const { ctx: context, bbox } = plot;
    context.fillStyle = colour(name);
    for (const { from, to } of spans) {
      const left = plot.valToPos(from, 'x', true);
      const right = plot.valToPos(to, 'x', true);
      context.fillRect(left, bbox.top, Math.max(right - left, devicePixelRatio), bbox.height);
    }
  }

  function above(plot, { levels, marks }) {
    const { ctx: context, bbox } = plot;
    const size = devicePixelRatio;
    const placeX = (x) => plot.valToPos(x, 'x', true);
    const placeY = (y) => plot.valToPos(y, 'y', true);
    context.save();
    context.beginPath();
    context.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    context.clip();
    context.lineWidth = 1.5 * size;
    context.strokeStyle = colour('level');
    context.setLineDash([5 * size, 3 * size]);
    for (const { from, to, value } of levels) {
      context.beginPath();
      context.moveTo(placeX(from), placeY(value));
      context.lineTo(placeX(to), placeY(value));
      context.stroke();
    }
    context.setLineDash([]);
    for (const { kind, x, y } of marks) {
      const style = markStyles[kind];
      context.beginPath();
      if (style.shape === 'line') {
        context.moveTo(placeX(x), bbox.top);
        context.lineTo(placeX(x), bbox.top + bbox.height);
      } else shapes[style.shape](context, placeX(x), placeY(y), size);
      context.strokeStyle = context.fillStyle = style.colour;
      if (style.shape === 'triangle' || style.shape === 'dot') {
        context.fill();
        context.strokeStyle = colour('page');
        context.lineWidth = size;
      } else context.lineWidth = 1.7 * size;
      context.stroke();
    }
    context.restore();
  }

  function draw(element, data) {
    const axis = {
      stroke: colour('quiet'),
      grid: { stroke: colour('edge'), width: 1 },
      ticks: { stroke: colour('edge') },
    };
    const timed = {
      values: (plot, splits) => splits.map((at) => tickLabel(at, plot.scales.x.max - plot.scales.x.min)),
      space: 80,
    };
    const width = element.clientWidth;
    const options = {
      width,
      height: Math.max(240, Math.min(420, Math.round(width * 0.42))),
      ms: 1,
      tzDate: (at) => uPlot.tzDate(new Date(at), 'UTC'),
      scales: { x: { time: xIs === 'time' } },
      axes: [xIs === 'time' ? { ...axis, ...timed } : axis, { ...axis, size: 60 }],
      cursor: { drag: { x: true, y: false } },
      series: [
        xIs === 'time'
          ? { label: 'time', value: (_, at) => (at === null ? '–' : new Date(at).toISOString()) }
          : { label: 'reading' },
        {
          label: unit || 'value',
          stroke: colour('line'),
          width: 1.2,
          points: { show: data.points.x.length < 100 },
        },
      ],
      hooks: {
        drawAxes: [(plot) => underneath(plot, data)],
        draw: [(plot) => above(plot, data)],
      },
    };
    element.replaceChildren();
    return new uPlot(options, [data.points.x, data.points.y], element);
  }

  function zoom(plot, action) {
    const [xs] = plot.data;
    const [least, most] = [xs[0], xs[xs.length - 1]];
    const { min, max } = plot.scales.x;
    const width = max - min;
    const middle = (min + max) / 2;
    const moved = { in: [middle - width / 4, middle + width / 4], out: [middle - width, middle + width] };
    moved.left = [min - width / 2, max - width / 2];
    moved.right = [min + width / 2, max + width / 2];
    moved.all = [least, most];
    const [from, to] = moved[action];
    if (to - from >= most - least) return plot.setScale('x', { min: least, max: most });
    const shift = Math.max(0, least - from) - Math.max(0, to - most);
    plot.setScale('x', { min: from + shift, max: to + shift });
  }

  for (const element of document.querySelectorAll('.plot')) {
    const data = series[Number(element.dataset.series)];
    let plot = draw(element, data);
    const again = () => {
      const { min, max } = plot.scales.x;
      plot.destroy();
      plot = draw(element, data);
      if (min !== null) plot.setScale('x', { min, max });
    };
    let width = element.clientWidth;
    new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      again();
    }).observe(element);
    dark.addEventListener('change', again);
    element.parentElement.querySelector('.zoom').addEventListener('click', ({ target }) => {
      const action = target.dataset?.action;
      if (action !== undefined) zoom(plot, action);
    });
  }
})();
