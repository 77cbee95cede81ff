'use strict';

// Where the time went, by tag: bars of parts, and the same as numbers.

/** A tag's sums. @typedef {{tag: number, count: number, total: number, bytes: number, errors: number, parts: number[]}} TagSums */

/** The tags' panel. */
class BreakdownPanel {
  /** @param {Report} report @param {View} view */
  constructor(report, view) {
    this.report = report;
    this.view = view;
    this.show = afterwards(() => this.fill());
    view.listeners.push(changed => {
      if (changed.has('shown')) this.show();
    });
    byId('tags-legend').replaceChildren(...TIME_PARTS.map(part => {
      const mark = element('i', { class: 'mark' });
      mark.style.background = `var(--${part.key})`;
      return element('span', { class: 'key' }, mark, part.name.toLowerCase());
    }));
  }

  /** The sums over all spans of the capture, of which the page may show only some. @returns {TagSums[]} */
  whole() {
    const { tags } = this.report;
    return Array.from({ length: tags.length }, (_, i) => ({ tag: tags.tag[i], count: tags.count[i], total: tags.total[i], bytes: tags.bytes[i], errors: tags.errors[i], parts: TIME_PARTS.map(part => tags[part.key][i]) }));
  }

  /** The sums over the spans that are shown. @returns {TagSums[]} */
  selected() {
    const { spans } = this.report;
    const { shown } = this.view;
    /** @type {Map<number, TagSums>} */
    const sums = new Map();
    const own = TIME_PARTS.map(part => spans[part.own]);
    for (let i = 0; i < shown.length; i++) {
      if (shown[i] === 0) continue;
      let sum = sums.get(spans.tag[i]);
      if (!sum) sums.set(spans.tag[i], sum = { tag: spans.tag[i], count: 0, total: 0, bytes: 0, errors: 0, parts: [0, 0, 0, 0, 0, 0] });
      if (spans.duration[i] >= 0) {
        sum.count++;
        sum.total += spans.duration[i];
      }
      sum.bytes += Math.max(0, this.report.bytesOf(i));
      sum.errors += Math.max(0, spans.errors[i]);
      for (let p = 0; p < own.length; p++) if (own[p][i] > 0) sum.parts[p] += own[p][i];
    }
    return [...sums.values()];
  }

  fill() {
    const sums = this.view.isWhole ? this.whole() : this.selected();
    const whole = (/** @type {TagSums} */ sum) => sum.parts.reduce((a, b) => a + Math.max(0, b), 0);
    sums.sort((a, b) => whole(b) - whole(a) || a.tag - b.tag);
    const most = sums.length > 0 ? Math.max(1, whole(sums[0])) : 1;
    byId('tags-text').textContent = `Of the spans themselves, without those inside; ${this.view.isWhole ? 'all spans of the capture' : 'the selected spans on this page'}.`;
    plainTable(byId('tags'), 'Where the time went, by tag', [
      { key: 'tag', name: 'Tag', isText: true, text: row => this.report.line(sums[row].tag) },
      { key: 'extra', name: 'Own time', isText: true, text: () => '' },
      { key: 'own', name: 'Sum', text: row => formatDuration(whole(sums[row])) },
      ...TIME_PARTS.map((part, p) => ({ key: part.key, name: part.name, text: (/** @type {number} */ row) => formatDuration(sums[row].parts[p]) })),
      { key: 'count', name: 'Ended', text: row => formatCount(sums[row].count) },
      { key: 'total', name: 'Duration', title: 'Sum of durations, with the spans inside', text: row => formatDuration(sums[row].total) },
      { key: 'bytes', name: 'Bytes', title: 'Read and written, with the spans inside', text: row => formatBytes(sums[row].bytes) },
      { key: 'errors', name: 'Errors', text: row => formatCount(sums[row].errors) },
    ], Array.from(sums.keys()), 40, row => this.bar(sums[row].parts, most));
  }

  /** @param {number[]} parts @param {number} most what fills the width @returns {any} */
  bar(parts, most) {
    const bar = element('div', { class: 'stack', 'aria-hidden': 'true' });
    for (let p = 0; p < parts.length; p++) {
      if (parts[p] <= 0) continue;
      const piece = element('i');
      piece.style.width = parts[p] / most * 100 + '%';
      piece.style.background = `var(--${TIME_PARTS[p].key})`;
      piece.title = `${TIME_PARTS[p].name} ${formatDuration(parts[p])}`;
      bar.append(piece);
    }
    return bar;
  }
}
