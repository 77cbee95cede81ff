'use strict';

// The table of spans: its columns, its order, and the rows that the view lets through.

/** @param {Report} report @returns {TableColumn[]} */
function spanColumns(report) {
  const { spans } = report;
  const time = (/** @type {string} */ key, /** @type {string} */ name, /** @type {string} */ title) => ({ key, name, title, width: 84, text: (/** @type {number} */ row) => formatDuration(spans[key][row]) });
  const bytes = (/** @type {string} */ key, /** @type {string} */ name) => ({ key, name, width: 80, text: (/** @type {number} */ row) => formatBytes(spans[key][row]) });
  const count = (/** @type {string} */ key, /** @type {string} */ name, width = 64) => ({ key, name, width, text: (/** @type {number} */ row) => formatCount(spans[key][row]) });
  const plain = (/** @type {string} */ key, /** @type {string} */ name, width = 64) => ({ key, name, width, text: (/** @type {number} */ row) => spans[key][row] < 0 ? '' : String(spans[key][row]) });
  const text = (/** @type {string} */ key, /** @type {string} */ name, width = 120) => ({ key, name, width, isText: true, text: (/** @type {number} */ row) => report.line(spans[key][row]) });
  return [
    text('tag', 'Tag', 240),
    time('duration', 'Duration', 'Empty for a span that did not end'),
    { key: 'start', name: 'Start (s)', title: 'Seconds after the first event of the capture', width: 92, text: row => spans.state[row] === ORPHAN ? '' : formatOffset(spans.start[row]) },
    time('self', 'Self', 'Without the spans inside'),
    time('file', 'File', 'In calls on files'),
    time('network', 'Network', 'In calls on sockets'),
    time('pipe', 'Pipe', 'In calls on pipes'),
    time('wait', 'Wait', 'In calls that wait'),
    time('other', 'Other', 'In all other calls'),
    time('rest', 'Rest', 'In no call: computing, or waiting for a processor'),
    bytes('read', 'Read'),
    bytes('written', 'Written'),
    count('calls', 'Calls', 68),
    count('errors', 'Errors', 72),
    count('depth', 'Depth', 68),
    { key: 'state', name: 'State', width: 84, isText: true, text: row => STATES[spans.state[row]] || '' },
    text('name', 'Process', 120),
    plain('process', 'PID', 72),
    plain('thread', 'Thread', 76),
    { ...text('id', 'Id', 170), isText: false },
    { key: 'args', name: 'Arguments', width: 320, isText: true, text: row => cutText(visibleText(cutText(report.argumentsOf(row)))) },
  ];
}

/**
 * All spans in the order of a column; what is not known comes last, and what is equal in the order of time.
 * @param {Report} report @param {string} key @param {boolean} descending
 * @returns {Int32Array}
 */
function sortedSpans(report, key, descending) {
  const { spans } = report;
  const order = new Int32Array(spans.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  const values = sortValues(report, key);
  const sign = descending ? -1 : 1;
  return order.sort((a, b) => {
    const x = values[a];
    const y = values[b];
    if (x === y) return a - b;
    if (x < 0 || y < 0) return x < 0 ? 1 : -1;
    return x < y ? -sign : sign;
  });
}

/** Numbers that are in the order of a column's values. @param {Report} report @param {string} key @returns {Float64Array} */
function sortValues(report, key) {
  const { spans } = report;
  switch (key) {
    case 'start': {
      // Some lie before the first event.
      const first = spans.start.reduce((a, b) => Math.min(a, b), 0);
      return spans.start.map((start, span) => spans.state[span] === ORPHAN ? -1 : start - first);
    }
    case 'tag':
    case 'name':
      return textRanks(spans[key], report.strings, compareTexts);
    case 'id':
      return textRanks(spans.id, report.strings, (a, b) => a.length - b.length || compareTexts(a, b));
    case 'args': {
      const texts = Array.from(spans.tag, (_, span) => report.argumentsOf(span));
      return textRanks(Float64Array.from(texts.keys()), texts, compareTexts);
    }
    default:
      return spans[key];
  }
}

/** @param {string} a @param {string} b @returns {number} */
function compareTexts(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The ranks of a column's texts; equal texts have one.
 * @param {Float64Array} column @param {string[]} texts @param {(a: string, b: string) => number} compare
 * @returns {Float64Array}
 */
function textRanks(column, texts, compare) {
  const numbers = [...new Set(column)].sort((a, b) => compare(texts[a], texts[b]));
  const ranks = new Float64Array(texts.length);
  for (let i = 0; i < numbers.length; i++) ranks[numbers[i]] = i > 0 && texts[numbers[i]] === texts[numbers[i - 1]] ? ranks[numbers[i - 1]] : i;
  return column.map(text => ranks[text]);
}

/** The table of spans. */
class SpanPanel {
  /** @param {Report} report @param {View} view */
  constructor(report, view) {
    this.report = report;
    this.view = view;
    this.columns = spanColumns(report);
    this.order = new Int32Array(0);
    this.table = new LongTable(byId('spans'), 'Spans', this.columns, key => this.sort(key), span => view.change({ trace: report.root[span], span }));
    view.listeners.push(changed => {
      const isSorted = changed.has('sort') || changed.has('descending');
      if (isSorted) this.arrange();
      if (isSorted || changed.has('shown')) this.show();
      if (changed.has('span')) this.table.mark(view.state.span);
    });
  }

  /** @param {string} key */
  sort(key) {
    const { state } = this.view;
    const isText = this.columns.some(column => column.key === key && column.isText);
    this.view.change(state.sort === key ? { descending: !state.descending } : { sort: key, descending: !isText });
  }

  arrange() {
    const { state } = this.view;
    const key = this.columns.some(column => column.key === state.sort) ? state.sort : FIRST_VIEW.sort;
    this.order = sortedSpans(this.report, key, state.descending);
    markSorted(this.table.head, key, state.descending);
  }

  show() {
    const { shown, count } = this.view;
    const rows = new Int32Array(count);
    let next = 0;
    for (const span of this.order) if (shown[span] === 1) rows[next++] = span;
    this.table.show(rows, false);
    byId('spans-count').textContent = count === this.report.spans.length ? formatCount(count) : `${formatCount(count)} of ${formatCount(this.report.spans.length)}`;
  }
}
