'use strict';

// The waterfall: a trace's spans as bars on one axis of time, their system calls in them, the longest path below them.

const LANE = 22;
const AXIS = 24;

/** Room for the duration behind a bar that ends last, or for the word `unfinished`. */
const DURATION_WIDTH = 84;

/** The trace's panel. */
class WaterfallPanel {
  /** @param {Report} report @param {View} view */
  constructor(report, view) {
    this.report = report;
    this.view = view;
    this.scroll = byId('trace-scroll');
    this.canvas = byId('trace-canvas');
    /** @type {Trace|null} */
    this.trace = null;
    this.active = 0;
    this.from = 0;
    this.to = 1;
    /** Where the pointer went down, and where it is now, while it chooses a time. @type {number[]|null} */
    this.drag = null;
    this.draw = inNextFrame(() => this.paint());
    this.follow = afterwards(() => this.open());
    this.top = 0;
    this.scroll.addEventListener('scroll', () => {
      this.top = this.scroll.scrollTop;
      this.draw();
    }, { passive: true });
    this.width = 0;
    this.height = 0;
    watchSize(this.scroll, (width, height) => {
      this.width = width;
      this.height = height;
      this.draw();
    });
    themeListeners.push(this.draw);
    this.listen();
    this.showLegend();
    view.listeners.push(changed => {
      if (changed.has('trace') || changed.has('span') || changed.has('shown')) this.follow();
    });
  }

  /** Shows the chosen trace; where none is chosen, that of the longest span that is shown. */
  open() {
    const { state } = this.view;
    const chosen = state.trace >= 0 && state.trace < this.report.spans.length ? this.report.root[state.trace] : this.longestRoot();
    if (chosen < 0) {
      this.trace = null;
      this.draw();
      this.tell();
      return;
    }
    if (!this.trace || this.trace.root !== chosen) {
      this.trace = new Trace(this.report, chosen);
      this.whole();
    }
    const at = this.trace.rows.indexOf(state.span);
    this.activate(at >= 0 ? at : 0, false);
    this.tell();
  }

  /** @returns {number} the outermost span around the longest span that is shown; -1: none is */
  longestRoot() {
    const { shown } = this.view;
    const { duration } = this.report.spans;
    let best = -1;
    for (let i = 0; i < shown.length; i++) if (shown[i] === 1 && (best < 0 || duration[i] > duration[best])) best = i;
    return best < 0 ? -1 : this.report.root[best];
  }

  /** The trace that took next longer or shorter, of those that have spans that are shown. @param {number} way 1: longer; -1: shorter */
  step(way) {
    if (!this.trace) return;
    const { shown, state } = this.view;
    const { duration } = this.report.spans;
    const roots = new Set();
    for (let i = 0; i < shown.length; i++) if (shown[i] === 1) roots.add(this.report.root[i]);
    // Of a trace that is about to be shown as well.
    const here = state.trace >= 0 && state.trace < this.report.spans.length ? this.report.root[state.trace] : this.trace.root;
    const isBefore = (/** @type {number} */ a, /** @type {number} */ b) => duration[a] < duration[b] || (duration[a] === duration[b] && a > b);
    let best = -1;
    for (const root of roots) {
      if (root === here || isBefore(root, here) !== way < 0) continue;
      if (best < 0 || isBefore(root, best) === way > 0) best = root;
    }
    if (best >= 0) this.view.change({ trace: best, span: best });
  }

  whole() {
    if (!this.trace) return;
    this.from = this.trace.start;
    this.to = Math.max(this.trace.end, this.trace.start + 1);
    this.draw();
  }

  /** @param {number} from @param {number} to */
  zoom(from, to) {
    if (!this.trace) return;
    const least = 100;
    const start = this.trace.start;
    const end = Math.max(this.trace.end, start + least);
    const length = Math.min(Math.max(to - from, least), end - start);
    this.from = Math.max(start, Math.min(from, end - length));
    this.to = this.from + length;
    this.draw();
  }

  get labels() {
    return Math.max(96, Math.min(300, this.width * 0.26));
  }

  get plot() {
    return Math.max(20, this.width - this.labels - DURATION_WIDTH);
  }

  /** @param {number} time @returns {number} */
  x(time) {
    return this.labels + (time - this.from) / (this.to - this.from) * this.plot;
  }

  /** @param {number} x @returns {number} */
  time(x) {
    return this.from + (x - this.labels) / this.plot * (this.to - this.from);
  }

  paint() {
    const rows = this.trace ? this.trace.rows : [];
    const { width, height } = this;
    byId('trace-height').style.height = Math.max(0, rows.length * LANE + AXIS - height) + 'px';
    this.canvas.style.width = width + 'px';
    this.canvas.style.height = height + 'px';
    const context = sizedContext(this.canvas, width, height);
    if (!this.trace) return;
    context.font = '12px system-ui, sans-serif';
    context.textBaseline = 'middle';
    const first = Math.floor(this.top / LANE);
    const last = Math.min(rows.length, first + Math.ceil(height / LANE) + 1);
    for (let i = first; i < last; i++) this.paintRow(context, this.trace, i, AXIS + i * LANE - this.top);
    this.paintAxis(context, width, height);
    if (this.drag && Math.abs(this.drag[1] - this.drag[0]) > 2) {
      context.globalAlpha = 0.25;
      context.fillStyle = colour('accent');
      context.fillRect(Math.min(...this.drag), AXIS, Math.abs(this.drag[1] - this.drag[0]), height);
      context.globalAlpha = 1;
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {Trace} trace @param {number} at @param {number} y */
  paintRow(context, trace, at, y) {
    const { report } = this;
    const { spans, calls } = report;
    const span = trace.rows[at];
    const { width } = this;
    if (at === this.active) {
      context.fillStyle = colour('accent-ground');
      context.fillRect(0, y, width, LANE);
    }
    context.fillStyle = colour('text');
    context.textAlign = 'left';
    const indent = Math.min(8 + (spans.depth[span] - spans.depth[trace.root]) * 12, this.labels * 0.5);
    drawFitting(context, this.nameIn(trace, span), indent, y + LANE / 2, this.labels - indent - 8);

    context.save();
    context.beginPath();
    context.rect(this.labels, y, width - this.labels, LANE);
    context.clip();
    const left = this.x(spans.start[span]);
    const right = Math.max(left + 1, this.x(trace.endOf(span)));
    context.fillStyle = colour('bar');
    context.fillRect(left, y + 4, right - left, 11);
    for (let call = report.firstCall[span]; call < report.firstCall[span + 1]; call++) {
      const begin = this.x(calls.start[call]);
      if (begin > width) break;
      const end = Math.max(begin + 1, this.x(calls.start[call] + Math.max(0, calls.latency[call])));
      if (end < this.labels) continue;
      context.fillStyle = colour(TIME_PARTS[report.calls.part[call]].key);
      context.fillRect(begin, y + 6, end - begin, 7);
      if (calls.error[call] > 0) {
        context.fillStyle = colour('bad');
        context.fillRect(begin, y + 2, Math.max(2, end - begin), 3);
      }
    }
    context.fillStyle = colour('path');
    for (const [begin, end] of trace.path.get(span) || []) context.fillRect(this.x(begin), y + 17, Math.max(1, this.x(end) - this.x(begin)), 2);
    context.restore();

    const text = report.durationOf(span);
    const room = context.measureText(text).width + 12;
    context.fillStyle = colour('text');
    if (right >= this.labels && right + room < width) {
      context.fillText(text, right + 5, y + LANE / 2 - 1);
    } else if (left - room > this.labels && left < width) {
      context.textAlign = 'right';
      context.fillText(text, left - 5, y + LANE / 2 - 1);
    }
  }

  /** The tag of a span without what it shares with the one around it: `.read` in `request`. @param {Trace} trace @param {number} span @returns {string} */
  nameIn(trace, span) {
    const { spans } = this.report;
    const name = this.report.line(spans.tag[span]);
    const above = span === trace.root ? '' : this.report.line(spans.tag[spans.parent[span]]) + '.';
    return above.length > 1 && name.startsWith(above) ? name.slice(above.length - 1) : name;
  }

  /** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height */
  paintAxis(context, width, height) {
    context.fillStyle = colour('ground');
    context.fillRect(0, 0, width, AXIS - 1);
    context.fillStyle = colour('line');
    context.fillRect(0, AXIS - 1, width, 1);
    context.fillRect(Math.round(this.labels) - 4, 0, 1, height);
    const start = this.trace ? this.trace.start : 0;
    const { values } = axisMarks(this.from - start, this.to - start, Math.max(2, Math.floor(this.plot / 90)));
    context.textAlign = 'left';
    for (const value of values) {
      const x = Math.round(this.x(start + value));
      context.fillStyle = colour('line');
      context.fillRect(x, AXIS - 7, 1, 6);
      context.fillStyle = colour('quiet');
      const text = formatDuration(Math.round(value));
      if (x + context.measureText(text).width + 4 < width) context.fillText(text, x + 4, AXIS / 2);
    }
    context.fillText('after the start', 8, AXIS / 2);
  }

  listen() {
    const at = (/** @type {MouseEvent} */ e) => {
      const box = this.canvas.getBoundingClientRect();
      return { x: e.clientX - box.left, row: Math.floor((e.clientY - box.top - AXIS + this.top) / LANE) };
    };
    this.canvas.addEventListener('pointerdown', (/** @type {PointerEvent} */ e) => {
      if (e.button !== 0) return;
      this.canvas.setPointerCapture(e.pointerId);
      this.drag = [at(e).x, at(e).x];
    });
    this.canvas.addEventListener('pointermove', (/** @type {PointerEvent} */ e) => {
      if (!this.drag) return;
      this.drag[1] = Math.max(this.labels, at(e).x);
      this.draw();
    });
    this.canvas.addEventListener('pointerup', (/** @type {PointerEvent} */ e) => {
      if (!this.drag) return;
      const [from, to] = this.drag;
      this.drag = null;
      if (Math.abs(to - from) > 4 && from >= this.labels) this.zoom(this.time(Math.min(from, to)), this.time(Math.max(from, to)));
      else this.activate(at(e).row, true);
      this.draw();
    });
    this.canvas.addEventListener('pointercancel', () => {
      this.drag = null;
      this.draw();
    });
    this.canvas.addEventListener('dblclick', () => this.whole());
    this.scroll.addEventListener('wheel', (/** @type {WheelEvent} */ e) => {
      if (!e.ctrlKey) return;
      e.preventDefault();
      this.scale(e.deltaY > 0 ? 1.25 : 0.8, this.time(Math.max(this.labels, at(e).x)));
    }, { passive: false });
    this.scroll.addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => this.key(e));
    byId('trace-longer').addEventListener('click', () => this.step(1));
    byId('trace-shorter').addEventListener('click', () => this.step(-1));
    byId('trace-whole').addEventListener('click', () => this.whole());
    byId('trace-table').addEventListener('toggle', () => this.showTable());
  }

  /** @param {number} factor @param {number} around */
  scale(factor, around) {
    this.zoom(around - (around - this.from) * factor, around + (this.to - around) * factor);
  }

  /** @param {KeyboardEvent} e */
  key(e) {
    if (e.ctrlKey || e.altKey || e.metaKey || !this.trace) return;
    const move = (this.to - this.from) / 5;
    const middle = (this.from + this.to) / 2;
    switch (e.key) {
      case 'ArrowDown': this.activate(this.active + 1, true); break;
      case 'ArrowUp': this.activate(this.active - 1, true); break;
      case 'Home': this.activate(0, true); break;
      case 'End': this.activate(this.trace.rows.length - 1, true); break;
      case 'ArrowLeft': this.zoom(this.from - move, this.to - move); break;
      case 'ArrowRight': this.zoom(this.from + move, this.to + move); break;
      case '+': case '=': this.scale(0.5, middle); break;
      case '-': this.scale(2, middle); break;
      case '0': case 'Escape': this.whole(); break;
      default: return;
    }
    e.preventDefault();
  }

  /** @param {number} at @param {boolean} tell whether the view is to know */
  activate(at, tell) {
    if (!this.trace || at >= this.trace.rows.length) return;
    this.active = Math.max(0, at);
    const top = this.active * LANE;
    const room = this.height - AXIS - LANE;
    const to = top < this.top ? top : top > this.top + room ? top - room : this.top;
    if (to !== this.top) this.scroll.scrollTop = to;
    this.top = to;
    const span = this.trace.rows[this.active];
    if (tell) {
      this.view.change({ trace: this.trace.root, span }, 'replace');
      byId('trace-readout').textContent = this.describe(this.trace, this.active);
    } else {
      showSpan(this.report, span);
    }
    this.draw();
  }

  /** What a row is, for who does not see it. @param {Trace} trace @param {number} at @returns {string} */
  describe(trace, at) {
    const span = trace.rows[at];
    const { spans } = this.report;
    return `${this.report.line(spans.tag[span])}, ${this.report.durationOf(span)}, ${formatDuration(Math.max(0, spans.start[span] - trace.start))} after the start`
      + `${trace.path.has(span) ? ', on the longest path' : ''}; ${at + 1} of ${trace.rows.length}`;
  }

  /** The spans of the trace as rows. */
  showTable() {
    const details = byId('trace-table');
    if (!details.open || !this.trace) return;
    const { report, trace } = this;
    const { spans } = report;
    const waited = (/** @type {number} */ span) => (trace.path.get(span) || []).reduce((sum, [from, to]) => sum + to - from, 0);
    plainTable(details.querySelector('.scroll'), 'Spans of the trace', [
      { key: 'tag', name: 'Span', isText: true, text: row => '\u00a0'.repeat(2 * Math.max(0, spans.depth[row] - spans.depth[trace.root])) + report.line(spans.tag[row]) },
      { key: 'start', name: 'After', title: 'After the trace began', text: row => formatDuration(Math.max(0, spans.start[row] - trace.start)) },
      { key: 'duration', name: 'Duration', text: row => formatDuration(spans.duration[row]) },
      { key: 'self', name: 'Self', text: row => formatDuration(spans.self[row]) },
      { key: 'path', name: 'Waited for', title: 'On the longest path', text: row => trace.path.has(row) ? formatDuration(waited(row)) : '' },
      { key: 'calls', name: 'Calls', text: row => formatCount(spans.calls[row]) },
      { key: 'errors', name: 'Errors', text: row => formatCount(spans.errors[row]) },
    ], trace.rows);
  }

  /** Says what is shown. */
  tell() {
    this.showTable();
    if (!this.trace) {
      byId('trace-text').textContent = 'No span is selected.';
      byId('trace-title').textContent = 'Trace';
      return;
    }
    const { report, trace } = this;
    const total = report.spans.calls[trace.root];
    byId('trace-title').replaceChildren('Trace of ', element('bdi', {}, report.line(report.spans.tag[trace.root])), ' ', report.raw(report.spans.id[trace.root]));
    byId('trace-text').textContent = [
      report.durationOf(trace.root),
      formatMany(trace.rows.length, 'span'),
      `${formatCount(trace.callsShown)} of ${total < 0 ? 'an unknown number of system calls' : formatMany(total, 'system call')} on this page`,
    ].join(', ');
  }

  showLegend() {
    const key = (/** @type {string} */ name, /** @type {string} */ text) => {
      const mark = element('i', { class: 'mark' });
      mark.style.background = `var(--${name})`;
      return element('span', { class: 'key' }, mark, text);
    };
    byId('trace-legend').replaceChildren(key('bar', 'span'), ...TIME_PARTS.slice(0, 5).map(part => key(part.key, part.name.toLowerCase() + ' call')), key('bad', 'failed'), key('path', 'longest path'));
  }
}
