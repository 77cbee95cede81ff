'use strict';

// A trace: a span that lies in no other one, and all that lie in it.

/** The spans of a trace, each below the one around it, and the longest path through them. */
class Trace {
  /** @param {Report} report @param {number} root */
  constructor(report, root) {
    this.report = report;
    this.root = root;
    /** @type {Map<number, number[]>} */
    this.children = new Map();
    const { parent, start } = report.spans;
    for (let i = 0; i < report.spans.length; i++) {
      if (report.root[i] !== root || i === root) continue;
      const inside = this.children.get(parent[i]);
      if (inside) inside.push(i);
      else this.children.set(parent[i], [i]);
    }
    this.start = start[root];
    /** When the last of its spans ended. */
    this.end = this.endOf(root);
    /** The spans in the order in which they are drawn. @type {number[]} */
    this.rows = [];
    const left = [root];
    for (let span = left.pop(); span !== undefined; span = left.pop()) {
      this.rows.push(span);
      this.end = Math.max(this.end, this.endOf(span));
      const inside = this.children.get(span) || [];
      for (let i = inside.length - 1; i >= 0; i--) left.push(inside[i]);
    }
    this.path = this.longestPath();
  }

  /** When a span ended; one that did not ran until the capture ended, and of an orphan nobody knows. @param {number} span @returns {number} */
  endOf(span) {
    const { start, duration, state } = this.report.spans;
    if (duration[span] >= 0) return this.report.end[span];
    return state[span] === ORPHAN ? start[span] : Math.max(this.report.duration, start[span]);
  }

  /**
   * Of every moment the span that the trace waited for, as sections of time: from the end of a span back to the child that ended last, through that one,
   * and on to the one that ended last before it began. A child that still ran when the path came by was waited for by nobody.
   * @returns {Map<number, number[][]>} for each span on it its sections, begin and end
   */
  longestPath() {
    /** @type {Map<number, number[][]>} */
    const sections = new Map();
    const add = (/** @type {number} */ span, /** @type {number} */ start, /** @type {number} */ end) => {
      if (start >= end) return;
      const known = sections.get(span);
      if (known) known.push([start, end]);
      else sections.set(span, [[start, end]]);
    };
    const walk = (/** @type {number} */ span, /** @type {number} */ start, /** @type {number} */ end) => {
      const inside = [...this.children.get(span) || []];
      inside.sort((a, b) => Math.min(this.endOf(b), end) - Math.min(this.endOf(a), end) || this.report.spans.start[a] - this.report.spans.start[b]);
      return { span, start, end, time: end, inside, next: 0 };
    };
    const walks = [walk(this.root, this.start, this.endOf(this.root))];
    while (walks.length > 0) {
      const at = walks[walks.length - 1];
      let found = false;
      while (!found && at.next < at.inside.length) {
        const child = at.inside[at.next++];
        const start = Math.max(this.report.spans.start[child], at.start);
        const end = Math.min(this.endOf(child), at.end);
        if (start >= end || end > at.time) continue;
        add(at.span, end, at.time);
        at.time = start;
        walks.push(walk(child, start, end));
        found = true;
      }
      if (found) continue;
      add(at.span, at.start, at.time);
      walks.pop();
    }
    return sections;
  }

  /** How many of the trace's calls are on the page. @returns {number} */
  get callsShown() {
    let count = 0;
    for (const span of this.rows) count += this.report.firstCall[span + 1] - this.report.firstCall[span];
    return count;
  }
}
