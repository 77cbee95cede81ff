'use strict';

// Lines over the whole capture, by intervals: what ended, and what the calls in spans did. Dragging over them selects a time.

const CHART_HEIGHT = 88;

/** @typedef {{key: string, name: string, colour: string, format: (value: number) => string}} Line */

/** What is drawn: the lines of each chart. @type {{lines: Line[], isLog?: boolean}[]} */
const CHARTS = [
  { lines: [{ key: 'slow', name: 'longest span that ended', colour: 'accent', format: formatDuration }], isLog: true },
  { lines: [{ key: 'spans', name: 'spans that ended', colour: 'accent', format: formatCount }] },
  { lines: [{ key: 'read', name: 'read', colour: 'file', format: formatBytes }, { key: 'written', name: 'written', colour: 'network', format: formatBytes }] },
  { lines: [{ key: 'calls', name: 'system calls', colour: 'pipe', format: formatCount }, { key: 'errors', name: 'failed', colour: 'bad', format: formatCount }] },
];

/** The charts. */
class TimelinePanel {
  /** @param {Report} report @param {View} view */
  constructor(report, view) {
    this.report = report;
    this.view = view;
    this.place = byId('timeline');
    /** @type {any[]} */
    this.charts = [];
    /** @type {any[]} */
    this.values = [];
    this.seconds = Float64Array.from({ length: report.timeline.length || report.timeline.spans.length }, (_, i) => i * report.interval / 1e9);
    for (const chart of CHARTS) this.add(chart);
    this.follow = inNextFrame(() => this.showSelection());
    this.width = 0;
    watchSize(this.place, width => {
      if (width !== this.width) this.resize(width);
    });
    themeListeners.push(() => {
      for (const chart of this.charts) chart.redraw(false, true);
    });
    view.listeners.push(changed => {
      if (changed.has('from') || changed.has('to')) this.follow();
    });
    byId('timeline-help').textContent = `Whole capture, by ${formatDuration(report.interval)}. Drag to select a time.`;
    byId('timeline-table').addEventListener('toggle', () => this.showTable());
  }

  /** @param {{lines: Line[], isLog?: boolean}} chart */
  add(chart) {
    const { timeline } = this.report;
    const title = element('p', { class: 'chart-title' });
    const values = chart.lines.map(line => {
      const value = element('b');
      const mark = element('i', { class: 'mark' });
      mark.style.background = `var(--${line.colour})`;
      title.append(element('span', { class: 'key' }, mark, line.name + ' ', value));
      return value;
    });
    this.values.push(values);
    const peaks = chart.lines.map(line => `${line.name} at most ${line.format(Math.max(0, ...timeline[line.key]))}`).join(', ');
    const holder = element('div', { role: 'img', 'aria-label': `Over time: ${peaks} in ${formatDuration(this.report.interval)}` });
    this.place.append(title, holder);
    const axis = () => ({ stroke: () => colour('quiet'), font: '12px system-ui, sans-serif', grid: { stroke: () => colour('line'), width: 1 }, ticks: { stroke: () => colour('line'), width: 1, size: 4 } });
    const first = chart.lines[0];
    const made = new uPlot({
      width: Math.max(100, this.place.clientWidth),
      height: CHART_HEIGHT,
      legend: { show: false },
      padding: [6, 12, 0, 0],
      scales: {
        x: { time: false, range: [0, Math.max(this.seconds.length * this.report.interval / 1e9, 1e-9)] },
        y: chart.isLog ? { distr: 3, range: (/** @type {any} */ _, /** @type {number} */ low, /** @type {number} */ high) => logRange(low, high) } : { range: (/** @type {any} */ _, /** @type {number} */ low, /** @type {number} */ high) => [Math.min(0, low || 0), high || 1] },
      },
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false }, sync: { key: 'time' } },
      series: [{}, ...chart.lines.map(line => chart.isLog
        // Bars: a value between two intervals that have none would have no line.
        ? { fill: () => colour(line.colour), width: 0, points: { show: false }, paths: uPlot.paths.bars({ align: 1, size: [1] }) }
        : { stroke: () => colour(line.colour), width: 1.5, points: { show: false }, paths: uPlot.paths.stepped({ align: 1 }) })],
      axes: [
        { ...axis(), size: 24, gap: 2, space: 60, values: (/** @type {any} */ _, /** @type {number[]} */ marks) => marks.map(mark => formatDuration(Math.round(mark * 1e9))) },
        { ...axis(), size: 60, gap: 4, space: 24, values: (/** @type {any} */ _, /** @type {(number|null)[]} */ marks) => marks.map(mark => mark === null ? '' : first.format(mark)),
          ...(chart.isLog ? { splits: (/** @type {any} */ u) => decades(u.scales.y.min, u.scales.y.max), filter: (/** @type {any} */ _, /** @type {number[]} */ marks) => marks } : {}),
          ...(first.format === formatBytes ? { incrs: byteSteps() } : chart.isLog ? {} : { incrs: countSteps() }) },
      ],
      hooks: {
        setSelect: [(/** @type {any} */ u) => this.select(u)],
        setCursor: [(/** @type {any} */ u) => this.tell(u.cursor.idx)],
      },
    }, [this.seconds, ...chart.lines.map(line => chart.isLog ? Array.from(timeline[line.key], value => value > 0 ? value : null) : timeline[line.key])], holder);
    this.charts.push(made);
  }

  /** A time was dragged over: it is selected, whole intervals of it. @param {any} chart */
  select(chart) {
    if (chart.select.width < 3) return;
    const { interval } = this.report;
    const from = Math.max(0, Math.floor(chart.posToVal(chart.select.left, 'x') * 1e9 / interval)) * interval;
    const to = Math.max(from + interval, Math.ceil(chart.posToVal(chart.select.left + chart.select.width, 'x') * 1e9 / interval) * interval);
    this.view.change({ from, to });
    this.showSelection();
  }

  /** Shows the selected time in all charts. */
  showSelection() {
    const { from, to } = this.view.state;
    for (const chart of this.charts) {
      const left = to < 0 ? 0 : chart.valToPos(from / 1e9, 'x');
      const right = to < 0 ? 0 : chart.valToPos(to / 1e9, 'x');
      chart.setSelect({ left, width: right - left, top: 0, height: to < 0 ? 0 : chart.bbox.height / devicePixelRatio }, false);
    }
  }

  /** Says the numbers of an interval; without one, those of nothing. @param {number|null|undefined} at */
  tell(at) {
    for (let i = 0; i < CHARTS.length && i < this.values.length; i++)
      for (let l = 0; l < CHARTS[i].lines.length; l++) {
        const line = CHARTS[i].lines[l];
        this.values[i][l].textContent = at === null || at === undefined ? '' : line.format(this.report.timeline[line.key][at]);
      }
  }

  /** @param {number} width */
  resize(width) {
    this.width = width;
    for (const chart of this.charts) chart.setSize({ width: Math.max(100, width), height: CHART_HEIGHT });

    // Not before uPlot has taken the size: it also scales what is selected then.
    this.follow();
  }

  showTable() {
    const details = byId('timeline-table');
    if (!details.open) return;
    const { report } = this;
    const lines = CHARTS.flatMap(chart => chart.lines);
    plainTable(details.querySelector('.scroll'), 'Numbers over time', [
      { key: 'from', name: 'From', text: row => formatDuration(row * report.interval) },
      ...lines.map(line => ({ key: line.key, name: line.name, text: (/** @type {number} */ row) => line.format(report.timeline[line.key][row]) })),
    ], Array.from(this.seconds.keys()));
  }
}

/** Whole decades around some values, of which the lowest is above the bottom and so has a bar. @param {number} low @param {number} high @returns {number[]} */
function logRange(low, high) {
  if (!(low > 0) || !(high > 0)) return [1e3, 1e9];
  return [10 ** (Math.ceil(Math.log10(low)) - 1), 10 ** Math.ceil(Math.log10(high))];
}

/** Marks of a logarithmic axis: some powers of ten. @param {number} low @param {number} high @returns {number[]} */
function decades(low, high) {
  const all = Array.from({ length: Math.round(Math.log10(high / low)) + 1 }, (_, i) => low * 10 ** i);
  const every = Math.ceil((all.length - 1) / 3);
  return all.filter((_, i) => i % every === 0);
}

/** Steps of an axis of bytes: powers of two. @returns {number[]} */
function byteSteps() {
  return Array.from({ length: 52 }, (_, i) => 2 ** i);
}

/** Steps of an axis of counts: whole numbers. @returns {number[]} */
function countSteps() {
  return Array.from({ length: 36 }, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3));
}
