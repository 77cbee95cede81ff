'use strict';

// I/O by span and file, and by span and connection.

/** @typedef {{tag: number, name: number, type: number, calls: number, read: number, written: number, time: number, errors: number}} IoSums */

/** The two tables of I/O. */
class IoPanel {
  /** @param {Report} report @param {View} view */
  constructor(report, view) {
    this.report = report;
    this.view = view;
    this.show = afterwards(() => this.fill());
    view.listeners.push(changed => {
      if (changed.has('shown')) this.show();
    });
  }

  /** The rows of the whole capture. @returns {IoSums[]} */
  whole() {
    const { io } = this.report;
    return Array.from({ length: io.length }, (_, i) => ({ tag: io.tag[i], name: io.name[i], type: io.type[i], calls: io.calls[i], read: io.read[i], written: io.written[i], time: io.time[i], errors: io.errors[i] }));
  }

  /** The rows of the selected spans, as far as their calls are on the page. @returns {IoSums[]} */
  selected() {
    const { calls, spans } = this.report;
    const { shown } = this.view;
    /** @type {Map<string, IoSums>} */
    const sums = new Map();
    for (let i = 0; i < calls.length; i++) {
      const span = calls.span[i];
      if (shown[span] === 0 || calls.type[i] === 0 || (calls.bytes[i] < 0 && calls.error[i] === 0)) continue;
      const key = spans.tag[span] + ' ' + calls.fd[i] + ' ' + calls.type[i];
      let sum = sums.get(key);
      if (!sum) sums.set(key, sum = { tag: spans.tag[span], name: calls.fd[i], type: calls.type[i], calls: 0, read: 0, written: 0, time: 0, errors: 0 });
      sum.calls++;
      sum.time += Math.max(0, calls.latency[i]);
      if (calls.error[i] > 0) sum.errors++;
      if (calls.reads[i] === 1) sum.read += Math.max(0, calls.bytes[i]);
      else sum.written += Math.max(0, calls.bytes[i]);
    }
    return [...sums.values()].sort((a, b) => b.read + b.written - a.read - a.written || b.time - a.time);
  }

  fill() {
    const { isWhole } = this.view;
    const rows = isWhole ? this.whole() : this.selected();
    const isConnection = (/** @type {IoSums} */ row) => CONNECTION_TYPES.has(this.report.raw(row.type));
    const { calls } = this.report.limits;
    const text = isWhole ? 'All spans of the capture.'
      : calls.shown === calls.total && calls.traces === calls.tracesTotal ? 'The selected spans.'
        : `The selected spans, as far as their system calls are on this page: ${formatCount(calls.shown)} of ${formatMany(calls.total, 'call')} of ${formatCount(calls.traces)} of ${formatMany(calls.tracesTotal, 'trace')}.`;
    byId('files-text').textContent = text;
    byId('connections-text').textContent = text;
    this.table('files', 'I/O by span and file', 'File', rows.filter(row => !isConnection(row)));
    this.table('connections', 'I/O by span and connection', 'Connection', rows.filter(isConnection));
  }

  /** @param {string} id @param {string} caption @param {string} name @param {IoSums[]} rows */
  table(id, caption, name, rows) {
    const { report } = this;
    plainTable(byId(id), caption, [
      { key: 'tag', name: 'Tag', isText: true, text: row => report.line(rows[row].tag) },
      { key: 'name', name, isText: true, text: row => report.line(rows[row].name) || '(no name)' },
      { key: 'type', name: 'Type', isText: true, text: row => report.line(rows[row].type) },
      { key: 'read', name: 'Read', text: row => formatBytes(rows[row].read) },
      { key: 'written', name: 'Written', text: row => formatBytes(rows[row].written) },
      { key: 'calls', name: 'Calls', text: row => formatCount(rows[row].calls) },
      { key: 'time', name: 'Time', text: row => formatDuration(rows[row].time) },
      { key: 'errors', name: 'Errors', text: row => formatCount(rows[row].errors) },
    ], Array.from(rows.keys()), 40);
  }
}
