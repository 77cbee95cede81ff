'use strict';

// The spectrogram: draws the cells, and lets a rectangle of them be chosen with the pointer or the keys.

const PLOT = { left: 54, right: 12, top: 8, bottom: 36 };

const HEAT_STEPS = 48;

/** The spectrogram's panel. */
class SpectrogramPanel {
  /** @param {Report} report @param {View} view */
  constructor(report, view) {
    this.report = report;
    this.view = view;
    this.cells = new Cells(report);
    this.canvas = byId('spectrogram');
    /** The cell that the keys are at. */
    this.cursor = [0, 0];
    /** The other corner of what is being chosen; null while nothing is. @type {number[]|null} */
    this.anchor = null;
    this.isDragging = false;
    this.draw = inNextFrame(() => this.paint());
    this.follow = inNextFrame(() => this.choose('keep'));
    /** Cells and axes as they were drawn last. */
    this.picture = document.createElement('canvas');
    this.isPictured = false;
    /** @type {string | null} The address' fragment when keys have widened the selection. */
    this.widened = null;
    this.width = 0;
    this.height = 0;
    watchSize(this.canvas, (width, height) => {
      this.width = width - PLOT.left - PLOT.right;
      this.height = height - PLOT.top - PLOT.bottom;
      this.redraw();
    });
    themeListeners.push(() => {
      this.redraw();
      this.showLegend();
    });
    this.listen();
    view.listeners.push(changed => {
      if (changed.has('filter')) {
        this.cells.count(view.filtered);
        this.redraw();
        this.showLegend();
        this.showTable();
      }
      if (changed.has('shown')) this.draw();
    });
    byId('spectrogram-cells').addEventListener('toggle', () => this.showTable());
    this.cursor = [this.cells.intervals - 1, this.cells.ranges - 1];
  }

  /** The left edge of an interval. @param {number} column @returns {number} */
  x(column) {
    return PLOT.left + Math.round(column * this.width / this.cells.intervals);
  }

  /** The lower edge of a range. @param {number} row @returns {number} */
  y(row) {
    return PLOT.top + Math.round((this.cells.ranges - row) * this.height / this.cells.ranges);
  }

  /** Draws anew what may have changed: the cells as well. */
  redraw() {
    this.isPictured = false;
    this.draw();
  }

  paint() {
    const width = this.width + PLOT.left + PLOT.right;
    const height = this.height + PLOT.top + PLOT.bottom;
    if (!this.isPictured) this.paintPicture(width, height);
    const context = sizedContext(this.canvas, width, height);
    context.drawImage(this.picture, 0, 0, width, height);
    this.paintSelection(context);
  }

  /** Draws the cells and the axes, which stay while something is selected. @param {number} width @param {number} height */
  paintPicture(width, height) {
    const { cells } = this;
    this.isPictured = true;
    const context = sizedContext(this.picture, width, height);
    context.fillStyle = colour('empty');
    context.fillRect(PLOT.left, PLOT.top, this.width, this.height);
    const scale = Math.log(Math.max(cells.most, 2));
    // As many colours as anybody can tell apart; to make one of its text costs more than to draw with it.
    const colours = Array.from({ length: HEAT_STEPS + 1 }, (_, i) => heatColour(i / HEAT_STEPS));
    for (let column = 0; column < cells.intervals; column++) {
      const left = this.x(column);
      const right = Math.max(left + 1, this.x(column + 1));
      for (let row = 0; row < cells.ranges; row++) {
        const count = cells.at(column, row);
        if (count === 0) continue;
        context.fillStyle = colours[Math.round(Math.log(count) / scale * HEAT_STEPS)];
        context.fillRect(left, this.y(row + 1), right - left, this.y(row) - this.y(row + 1));
      }
    }
    this.paintAxes(context);
  }

  /** @param {CanvasRenderingContext2D} context */
  paintAxes(context) {
    const { cells } = this;
    context.font = '12px system-ui, sans-serif';
    context.fillStyle = colour('quiet');
    context.strokeStyle = colour('line');
    context.lineWidth = 1;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (let row = 0; row <= cells.ranges; row += 10) {
      const y = this.y(row) + 0.5;
      context.beginPath();
      context.moveTo(PLOT.left, y);
      context.lineTo(PLOT.left + this.width, y);
      context.stroke();
      context.fillText(formatDuration(10 ** ((cells.lowest + row) / 10)), PLOT.left - 6, y);
    }
    context.textBaseline = 'top';
    context.textAlign = 'center';
    const seconds = cells.intervals * cells.interval / 1e9;
    const { step, values } = axisMarks(0, seconds, Math.max(2, Math.floor(this.width / 80)));
    const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    for (const value of values) {
      const x = Math.round(PLOT.left + value / seconds * this.width) + 0.5;
      context.beginPath();
      context.moveTo(x, PLOT.top + this.height);
      context.lineTo(x, PLOT.top + this.height + 4);
      context.stroke();
      context.textAlign = value === 0 ? 'left' : x > PLOT.left + this.width - 20 ? 'right' : 'center';
      context.fillText(value.toFixed(digits), x, PLOT.top + this.height + 6);
    }
    context.textAlign = 'right';
    context.fillText('ended, seconds after the start', PLOT.left + this.width, PLOT.top + this.height + 21);
    context.textAlign = 'left';
    context.fillText('↑ duration', 0, PLOT.top + this.height + 21);
  }

  /** @param {CanvasRenderingContext2D} context */
  paintSelection(context) {
    const { state } = this.view;
    const { cells } = this;
    const right = PLOT.left + this.width;
    const bottom = PLOT.top + this.height;
    if (this.view.isSelected) {
      const x = (/** @type {number} */ ns) => Math.max(PLOT.left, Math.min(right, PLOT.left + ns / (cells.interval * cells.intervals) * this.width));
      const y = (/** @type {number} */ ns) => this.y(Math.max(0, Math.min(cells.ranges, rangeOf(ns) - cells.lowest)));
      const box = state.to >= 0 ? [x(state.from), x(state.to)] : [PLOT.left, right];
      const edges = state.high >= 0 ? [y(state.high), y(state.low)] : [PLOT.top, bottom];
      context.globalAlpha = 0.6;
      context.fillStyle = colour('page');
      context.fillRect(PLOT.left, PLOT.top, this.width, edges[0] - PLOT.top);
      context.fillRect(PLOT.left, edges[1], this.width, bottom - edges[1]);
      context.fillRect(PLOT.left, edges[0], box[0] - PLOT.left, edges[1] - edges[0]);
      context.fillRect(box[1], edges[0], right - box[1], edges[1] - edges[0]);
      context.globalAlpha = 1;
      context.strokeStyle = colour('accent');
      context.lineWidth = 2;
      context.strokeRect(box[0], edges[0], box[1] - box[0], edges[1] - edges[0]);
    }
    if (document.activeElement === this.canvas && !this.isDragging) {
      const [column, row] = this.cursor;
      context.strokeStyle = colour('text');
      context.lineWidth = 2;
      context.strokeRect(this.x(column) - 1, this.y(row + 1) - 1, Math.max(3, this.x(column + 1) - this.x(column)) + 2, this.y(row) - this.y(row + 1) + 2);
    }
  }

  listen() {
    const { canvas } = this;
    canvas.addEventListener('pointerdown', (/** @type {PointerEvent} */ e) => {
      if (e.button !== 0) return;
      canvas.setPointerCapture(e.pointerId);
      this.isDragging = true;
      this.anchor = this.cursor = this.cellAt(e);
      this.draw();
    });
    canvas.addEventListener('pointermove', (/** @type {PointerEvent} */ e) => {
      const cell = this.cellAt(e);
      this.tell(cell);
      if (!this.isDragging || (cell[0] === this.cursor[0] && cell[1] === this.cursor[1])) return;
      this.cursor = cell;
      this.follow();
    });
    canvas.addEventListener('pointerup', (/** @type {PointerEvent} */ e) => {
      if (!this.isDragging) return;
      this.isDragging = false;
      this.cursor = this.cellAt(e);
      // A click takes back what was selected, and selects the cell where nothing was.
      if (this.anchor && this.anchor[0] === this.cursor[0] && this.anchor[1] === this.cursor[1] && this.view.isSelected) this.clear();
      else this.choose('push');
      this.anchor = null;
    });
    canvas.addEventListener('pointercancel', () => {
      this.isDragging = false;
      this.anchor = null;
    });
    canvas.addEventListener('pointerleave', () => this.tell(null));
    canvas.addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => this.key(e));
    canvas.addEventListener('focus', this.draw);
    canvas.addEventListener('blur', this.draw);
  }

  /** @param {PointerEvent} e @returns {number[]} */
  cellAt(e) {
    const box = this.canvas.getBoundingClientRect();
    const column = Math.floor((e.clientX - box.left - PLOT.left) / this.width * this.cells.intervals);
    const row = this.cells.ranges - 1 - Math.floor((e.clientY - box.top - PLOT.top) / this.height * this.cells.ranges);
    return [Math.max(0, Math.min(this.cells.intervals - 1, column)), Math.max(0, Math.min(this.cells.ranges - 1, row))];
  }

  /** Selects the cells from the anchor to the cursor. @param {'push'|'replace'|'keep'} entry */
  choose(entry) {
    if (!this.anchor && entry === 'keep') return;
    this.view.change(this.cells.rectangle(this.anchor || this.cursor, this.cursor), entry);
  }

  clear() {
    this.anchor = null;
    this.view.change({ from: -1, to: -1, low: -1, high: -1 });
  }

  /** @param {KeyboardEvent} e */
  key(e) {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    /** @type {Record<string, number[]>} */
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], PageUp: [0, 10], PageDown: [0, -10], Home: [-1e9, 0], End: [1e9, 0] };
    const move = moves[e.key];
    if (move) {
      const isFirst = e.shiftKey && !this.anchor;
      if (isFirst) this.anchor = this.cursor;
      else if (!e.shiftKey) this.anchor = null;
      this.cursor = [Math.max(0, Math.min(this.cells.intervals - 1, this.cursor[0] + move[0])), Math.max(0, Math.min(this.cells.ranges - 1, this.cursor[1] + move[1]))];
      // However many keys widen it, it is one step for the back button, as long as nothing else has changed the view between them.
      if (this.anchor) {
        const before = location.hash;
        if (isFirst) this.widened = null;
        this.choose(before === this.widened ? 'replace' : 'push');
        if (location.hash !== before) this.widened = location.hash;
      }
      this.tell(this.cursor);
      this.draw();
    } else if (e.key === 'Enter' || e.key === ' ') {
      this.choose('push');
    } else if (e.key === 'Escape') {
      this.clear();
    } else {
      return;
    }
    e.preventDefault();
  }

  /** Says what a cell is. @param {number[]|null} cell */
  tell(cell) {
    if (!cell) {
      byId('spectrogram-readout').textContent = '';
      return;
    }
    const { from, to, low, high } = this.cells.rectangle(cell, cell);
    byId('spectrogram-readout').textContent = `${formatDuration(from)} – ${formatDuration(to)}, ${formatDuration(low)} – ${formatDuration(high)}: ${formatMany(this.cells.at(cell[0], cell[1]), 'span')}`;
  }

  showLegend() {
    const { most } = this.cells;
    const scale = Math.log(Math.max(most, 2));
    const parts = [element('span', {}, `Spans in a cell of ${formatDuration(this.cells.interval)}:`)];
    const counts = [];
    for (let decade = 1; decade < most; decade *= 10) for (const factor of [1, 2, 5]) if (decade * factor < most) counts.push(decade * factor);
    if (most > 0) counts.push(most);
    for (const count of counts) {
      const mark = element('i', { class: 'mark' });
      mark.style.background = heatColour(Math.log(count) / scale);
      parts.push(element('span', { class: 'key' }, mark, formatCount(count)));
    }
    byId('spectrogram-legend').replaceChildren(...parts);
  }

  /** The cells that have spans, for who does not see them. */
  showTable() {
    const details = byId('spectrogram-cells');
    if (!details.open) return;
    const { cells } = this;
    const rows = [];
    for (let i = 0; i < cells.counts.length; i++) if (cells.counts[i] > 0) rows.push(i);
    const box = (/** @type {number} */ row) => {
      const at = [Math.floor(row / cells.ranges), row % cells.ranges];
      return cells.rectangle(at, at);
    };
    plainTable(details.querySelector('.scroll'), 'Cells of the spectrogram that have spans', [
      { key: 'from', name: 'Ended from', text: row => formatDuration(box(row).from) },
      { key: 'to', name: 'to', text: row => formatDuration(box(row).to) },
      { key: 'low', name: 'Took from', text: row => formatDuration(box(row).low) },
      { key: 'high', name: 'to', text: row => formatDuration(box(row).high) },
      { key: 'count', name: 'Spans', text: row => formatCount(cells.counts[row]) },
    ], rows);
  }
}
