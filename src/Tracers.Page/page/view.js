'use strict';

// What is looked at: the filter, the selected rectangle, the chosen trace, the order. It stays in the address' fragment, so that a reload, a link and
// the back button bring it back; and the spans that follow from it.

/** What a new page shows. */
const FIRST_VIEW = { filter: '', from: -1, to: -1, low: -1, high: -1, sort: 'duration', descending: true, trace: -1, span: -1, measure: 'time', zoom: '' };

/** @typedef {typeof FIRST_VIEW} ViewState */

/**
 * What is in a fragment; what is wrong or missing in it is as in a new page.
 * @param {string} fragment
 * @returns {ViewState}
 */
function readFragment(fragment) {
  const values = new URLSearchParams(fragment.replace(/^#/, ''));
  const state = { ...FIRST_VIEW, filter: values.get('filter') || '' };
  [state.from, state.to] = readRange(values.get('time'));
  [state.low, state.high] = readRange(values.get('duration'));
  const sort = values.get('sort');
  if (sort && /^-?[a-zA-Z]+$/.test(sort)) {
    state.descending = sort[0] === '-';
    state.sort = sort.replace('-', '');
  }
  state.trace = readIndex(values.get('trace'));
  state.span = readIndex(values.get('span'));
  const measure = values.get('measure');
  if (measure === 'self' || measure === 'bytes') state.measure = measure;
  state.zoom = values.get('zoom') || '';
  return state;
}

/** @param {string|null} text @returns {number[]} */
function readRange(text) {
  const parts = /^(\d{1,16})-(\d{1,16})$/.exec(text || '');
  return parts && Number(parts[1]) < Number(parts[2]) ? [Number(parts[1]), Number(parts[2])] : [-1, -1];
}

/** @param {string|null} text @returns {number} */
function readIndex(text) {
  return text && /^\d{1,9}$/.test(text) ? Number(text) : -1;
}

/**
 * The fragment of a view.
 * @param {ViewState} state
 * @returns {string} with its #
 */
function writeFragment(state) {
  const values = new URLSearchParams();
  if (state.filter) values.set('filter', state.filter);
  if (state.to >= 0) values.set('time', state.from + '-' + state.to);
  if (state.high >= 0) values.set('duration', state.low + '-' + state.high);
  if (state.sort !== FIRST_VIEW.sort || state.descending !== FIRST_VIEW.descending) values.set('sort', (state.descending ? '-' : '') + state.sort);
  if (state.trace >= 0) values.set('trace', String(state.trace));
  if (state.span >= 0) values.set('span', String(state.span));
  if (state.measure !== FIRST_VIEW.measure) values.set('measure', state.measure);
  if (state.zoom) values.set('zoom', state.zoom);
  return '#' + values;
}

/** The view, and who has to know when it changes. */
class View {
  /** @param {Report} report */
  constructor(report) {
    this.report = report;
    this.state = { ...FIRST_VIEW };
    /** 1 for each span that the filter lets through. */
    this.filtered = new Uint8Array(report.spans.length);
    /** 1 for each that is in the selected rectangle as well. */
    this.shown = new Uint8Array(report.spans.length);
    this.count = 0;
    this.filteredCount = 0;
    this.filterError = '';
    /** @type {((changed: Set<string>) => void)[]} */
    this.listeners = [];
    addEventListener('hashchange', () => this.restore());
  }

  /** Whether the spans are more than filtered: a part of the picture is selected. */
  get isSelected() {
    return this.state.to >= 0 || this.state.high >= 0;
  }

  /** Whether all spans of the report are shown. */
  get isWhole() {
    return this.count === this.report.spans.length;
  }

  /** Takes what the address says. */
  restore() {
    if (location.hash === writeFragment(this.state) || (location.hash === '' && writeFragment(this.state) === '#')) return;
    this.apply(readFragment(location.hash));
  }

  /** Shows the first view: what the address says. */
  open() {
    this.apply(readFragment(location.hash), true);
  }

  /**
   * Changes the view and the address.
   * @param {Partial<ViewState>} changes
   * @param {'push'|'replace'|'keep'} [entry] whether the back button comes back to what was before; `keep` leaves the address alone, while a drag goes on
   */
  change(changes, entry = 'push') {
    this.apply({ ...this.state, ...changes });
    const fragment = writeFragment(this.state);
    if (entry === 'keep' || location.hash === fragment) return;
    if (entry === 'push') history.pushState(null, '', fragment);
    else history.replaceState(null, '', fragment);
  }

  /** @param {ViewState} state @param {boolean} [all] */
  apply(state, all = false) {
    const before = this.state;
    this.state = state;
    /** @type {Set<string>} */
    const changed = new Set();
    for (const key of Object.keys(state)) if (all || state[/** @type {keyof ViewState} */ (key)] !== before[/** @type {keyof ViewState} */ (key)]) changed.add(key);
    if (changed.size === 0) return;
    if (changed.has('filter')) this.filter();
    if (['filter', 'from', 'to', 'low', 'high'].some(key => changed.has(key))) {
      this.select();
      changed.add('shown');
    }
    for (const listener of this.listeners) listener(changed);
  }

  /** Finds the spans that the filter lets through; a filter that cannot be read leaves them as they are. */
  filter() {
    const { tests, error } = readConditions(this.report, this.state.filter);
    this.filterError = error;
    if (error && this.filteredCount > 0) return;
    let count = 0;
    for (let i = 0; i < this.filtered.length; i++) {
      let holds = 1;
      for (const test of tests)
        if (!test(i)) {
          holds = 0;
          break;
        }
      this.filtered[i] = holds;
      count += holds;
    }
    this.filteredCount = count;
  }

  /**
   * Finds the spans in the rectangle: those that ended in its time and took one of its durations. What ended before the first event counts as ended with
   * it, as in the numbers over time.
   */
  select() {
    const { from, to, low, high } = this.state;
    const { duration } = this.report.spans;
    const { end } = this.report;
    const times = to >= 0;
    const durations = high >= 0;
    let count = 0;
    for (let i = 0; i < this.shown.length; i++) {
      const inside = this.filtered[i] === 1
        && (!times || ((end[i] >= from || from === 0) && end[i] < to))
        && (!durations || (duration[i] >= low && duration[i] < high)) ? 1 : 0;
      this.shown[i] = inside;
      count += inside;
    }
    this.count = count;
  }
}
