'use strict';

// The flame graph: frames below the frames that they are in, zoomed with a click or Enter, searched, walked with the arrows.

const FRAME_HEIGHT = 20;

/** Frames narrower than so many pixels are not drawn: nobody could see or hit them. */
const THINNEST_FRAME = 0.5;

/** @typedef {{node: number, depth: number, left: number, width: number}} Box */

/** The flame graph's panel. */
class FlamePanel {
  /** @param {Report} report @param {View} view */
  constructor(report, view) {
    this.report = report;
    this.view = view;
    this.frames = new Frames(report);
    this.canvas = byId('flame');
    /** @type {Box[]} */
    this.boxes = [];
    this.active = -1;
    this.hover = -1;
    this.find = '';
    this.draw = inNextFrame(() => this.paint());
    this.follow = afterwards(() => this.update());
    this.width = 0;
    watchSize(this.canvas, width => {
      this.width = width;
      this.draw();
    });
    themeListeners.push(this.draw);
    this.listen();
    view.listeners.push(changed => {
      if (changed.has('measure')) for (const input of byId('flame-measure').querySelectorAll('input')) input.checked = input.value === view.state.measure;
      if (changed.has('measure') || changed.has('shown') || changed.has('zoom')) this.follow();
    });
  }

  /** @returns {keyof typeof MEASURES} */
  get measure() {
    return /** @type {keyof typeof MEASURES} */ (this.view.state.measure);
  }

  /** The frame that fills the width; -1: all of them do. */
  get zoomed() {
    const node = /^\d{1,9}$/.test(this.view.state.zoom) ? Number(this.view.state.zoom) : -1;
    return node < this.frames.length && this.frames.value[node] > 0 ? node : -1;
  }

  /** Sums and draws what the view says. */
  update() {
    this.frames.sum(this.view.shown, this.measure);
    this.showTable();
    this.showCrumbs();
    this.showFound();
    this.draw();
  }

  /** Lays out what is in sight. @param {number} width */
  layOut(width) {
    const { frames, zoomed } = this;
    this.boxes = [];
    const chain = zoomed < 0 ? [] : frames.chain(zoomed);
    chain.forEach((node, depth) => this.boxes.push({ node, depth, left: 0, width }));
    const whole = zoomed < 0 ? frames.total : frames.value[zoomed];
    if (whole <= 0) return;
    /** @type {Box[]} */
    const left = [];
    const below = (/** @type {number[]} */ nodes, /** @type {number} */ depth, /** @type {number} */ start) => {
      let at = start;
      for (const node of nodes) {
        const size = frames.value[node] / whole * width;
        if (size < THINNEST_FRAME) break;
        left.push({ node, depth, left: at, width: size });
        at += size;
      }
    };
    below(zoomed < 0 ? frames.tops : frames.children[zoomed], chain.length, 0);
    for (let box = left.pop(); box; box = left.pop()) {
      this.boxes.push(box);
      below(frames.children[box.node], box.depth + 1, box.left);
    }
  }

  paint() {
    const { width } = this;
    this.layOut(width);
    let deepest = 0;
    for (const box of this.boxes) deepest = Math.max(deepest, box.depth);
    const height = (deepest + 1) * FRAME_HEIGHT + 1;
    this.canvas.style.height = height + 'px';
    const context = sizedContext(this.canvas, width, height);
    context.font = '12px system-ui, sans-serif';
    context.textBaseline = 'middle';
    const hasFocus = document.activeElement === this.canvas;
    for (const { node, depth, left, width: size } of this.boxes) {
      const tag = this.frames.tag(node);
      const y = depth * FRAME_HEIGHT;
      const isFound = this.find !== '' && tag.toLowerCase().includes(this.find);
      context.globalAlpha = this.find !== '' && !isFound ? 0.35 : 1;
      context.fillStyle = isFound ? colour('accent') : nameColour(tag);
      context.fillRect(left, y + 1, Math.max(1, size - 1), FRAME_HEIGHT - 1);
      context.fillStyle = isFound ? colour('page') : colour('text');
      drawFitting(context, tag, left + 5, y + FRAME_HEIGHT / 2 + 1, size - 10);
      context.globalAlpha = 1;
      if (node === this.hover || (node === this.active && hasFocus)) {
        context.strokeStyle = colour('text');
        context.lineWidth = 2;
        context.strokeRect(left + 1, y + 2, Math.max(1, size - 3), FRAME_HEIGHT - 3);
      }
    }
  }

  listen() {
    const boxAt = (/** @type {PointerEvent} */ e) => {
      const area = this.canvas.getBoundingClientRect();
      const x = e.clientX - area.left;
      const depth = Math.floor((e.clientY - area.top) / FRAME_HEIGHT);
      return this.boxes.find(box => box.depth === depth && x >= box.left && x < box.left + box.width);
    };
    this.canvas.addEventListener('pointermove', (/** @type {PointerEvent} */ e) => this.point(boxAt(e)));
    this.canvas.addEventListener('pointerleave', () => this.point(undefined));
    this.canvas.addEventListener('click', (/** @type {PointerEvent} */ e) => {
      const box = boxAt(e);
      if (box) this.zoom(box.node === this.zoomed ? this.report.pathParent[box.node] : box.node);
    });
    this.canvas.addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => this.key(e));
    this.canvas.addEventListener('focus', this.draw);
    this.canvas.addEventListener('blur', this.draw);
    byId('flame-measure').addEventListener('change', (/** @type {any} */ e) => this.view.change({ measure: e.target.value }));
    byId('flame-find').addEventListener('input', (/** @type {any} */ e) => {
      this.find = e.target.value.trim().toLowerCase();
      this.showFound();
      this.draw();
    });
    byId('flame-table').addEventListener('toggle', () => this.showTable());
  }

  /** @param {Box|undefined} box */
  point(box) {
    const node = box ? box.node : -1;
    if (node === this.hover) return;
    this.hover = node;
    this.tell(node);
    this.draw();
  }

  /** @param {number} node -1: everything */
  zoom(node) {
    this.view.change({ zoom: node < 0 ? '' : String(node) });
  }

  /** @param {KeyboardEvent} e */
  key(e) {
    if (e.ctrlKey || e.altKey || e.metaKey || this.boxes.length === 0) return;
    const here = this.boxes.find(box => box.node === this.active) || this.boxes[0];
    const row = this.boxes.filter(box => box.depth === here.depth).sort((a, b) => a.left - b.left);
    const at = row.indexOf(here);
    const middle = here.left + 0.001;
    /** @type {Box|undefined} */
    let next = here;
    switch (e.key) {
      case 'ArrowRight': next = row[at + 1]; break;
      case 'ArrowLeft': next = row[at - 1]; break;
      case 'ArrowDown': next = this.boxes.filter(box => box.depth === here.depth + 1 && box.left >= here.left - 0.001 && box.left < here.left + here.width).sort((a, b) => a.left - b.left)[0]; break;
      case 'ArrowUp': next = this.boxes.find(box => box.depth === here.depth - 1 && box.left <= middle && box.left + box.width > middle); break;
      case 'Enter': case ' ': this.zoom(here.node === this.zoomed ? this.report.pathParent[here.node] : here.node); break;
      case 'Escape': case 'Backspace': this.zoom(this.zoomed < 0 ? -1 : this.report.pathParent[this.zoomed]); break;
      default: return;
    }
    e.preventDefault();
    this.active = (next || here).node;
    this.tell(this.active);
    this.draw();
  }

  /** What a frame is. @param {number} node @returns {string} */
  describe(node) {
    const { frames } = this;
    return `${frames.tag(node)}: ${MEASURES[this.measure].format(frames.value[node])}, ${formatShare(frames.value[node], frames.total)} of all, ${formatMany(frames.spans[node], 'span')}`;
  }

  /** @param {number} node */
  tell(node) {
    byId('flame-readout').textContent = node < 0 ? '' : this.describe(node);
  }

  showCrumbs() {
    const crumb = (/** @type {string} */ text, /** @type {number} */ node) => {
      const button = element('button', { type: 'button' }, element('bdi', {}, text));
      if (node === this.zoomed) button.setAttribute('aria-current', 'true');
      button.addEventListener('click', () => this.zoom(node));
      return element('li', {}, button);
    };
    const all = `All ${MEASURES[this.measure].format(this.frames.total)}`;
    byId('flame-crumbs').replaceChildren(crumb(all, -1), ...(this.zoomed < 0 ? [] : this.frames.chain(this.zoomed).map(node => crumb(this.frames.tag(node), node))));
    this.canvas.setAttribute('aria-label', `Flame graph by ${MEASURES[this.measure].name}`);
  }

  /** How much of the whole the frames have that were searched for; what lies in another one is not counted twice. */
  showFound() {
    let text = '';
    if (this.find !== '') {
      let value = 0;
      let count = 0;
      const inside = new Uint8Array(this.frames.length);
      for (let node = 0; node < this.frames.length; node++) {
        const above = this.report.pathParent[node];
        const isFound = this.frames.value[node] > 0 && this.frames.tag(node).toLowerCase().includes(this.find);
        if (isFound) count++;
        if (isFound && !(above >= 0 && inside[above])) value += this.frames.value[node];
        inside[node] = isFound || (above >= 0 && inside[above]) ? 1 : 0;
      }
      text = `${formatMany(count, 'frame')}, ${formatShare(value, this.frames.total) || '0%'}`;
    }
    byId('flame-found').textContent = text;
  }

  showTable() {
    const details = byId('flame-table');
    if (!details.open) return;
    const { frames } = this;
    const nodes = [];
    for (let node = 0; node < frames.length; node++) if (frames.value[node] > 0) nodes.push(node);
    nodes.sort((a, b) => frames.value[b] - frames.value[a] || a - b);
    plainTable(details.querySelector('.scroll'), `Frames by ${MEASURES[this.measure].name}`, [
      { key: 'path', name: 'Frame', isText: true, text: row => frames.chain(row).map(node => frames.tag(node)).join(' › ') },
      { key: 'value', name: MEASURES[this.measure].name, text: row => MEASURES[this.measure].format(frames.value[row]) },
      { key: 'share', name: 'of all', text: row => formatShare(frames.value[row], frames.total) },
      { key: 'spans', name: 'Spans', text: row => formatCount(frames.spans[row]) },
    ], nodes);
  }
}
