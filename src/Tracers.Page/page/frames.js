'use strict';

// The frames of the flame graph: the tree of tags, and how much of the spans shown each node of it has.

/** What the width of a frame can be. */
const MEASURES = {
  time: { name: 'time', format: formatDuration },
  self: { name: 'self time', format: formatDuration },
  bytes: { name: 'bytes', format: formatBytes },
};

/** The numbers of the tree's nodes for the spans that are shown. */
class Frames {
  /** @param {Report} report */
  constructor(report) {
    this.report = report;
    const { pathParent, pathTag } = report;
    this.length = pathTag.length;
    this.value = new Float64Array(this.length);
    this.spans = new Int32Array(this.length);
    /** @type {number[][]} */
    this.children = Array.from({ length: this.length }, () => []);
    /** @type {number[]} */
    this.tops = [];
    for (let node = 0; node < this.length; node++) (pathParent[node] < 0 ? this.tops : this.children[pathParent[node]]).push(node);
    this.total = 0;
  }

  /**
   * Sums. By time a frame is as wide as its spans took, or as what is in it, where spans of it ran at the same time; self time and bytes of the spans
   * themselves add up.
   * @param {Uint8Array} shown @param {keyof typeof MEASURES} measure
   */
  sum(shown, measure) {
    const { spans, path, pathParent } = this.report;
    const column = measure === 'time' ? spans.duration : measure === 'self' ? spans.self : spans.ownBytes;
    const own = new Float64Array(this.length);
    this.spans.fill(0);
    for (let i = 0; i < shown.length; i++) {
      if (shown[i] === 0) continue;
      this.spans[path[i]]++;
      if (column[i] > 0) own[path[i]] += column[i];
    }
    const inside = new Float64Array(this.length);
    this.total = 0;
    // A node comes after the one above it.
    for (let node = this.length - 1; node >= 0; node--) {
      this.value[node] = measure === 'time' ? Math.max(own[node], inside[node]) : own[node] + inside[node];
      if (pathParent[node] >= 0) inside[pathParent[node]] += this.value[node];
      else this.total += this.value[node];
    }
    const byValue = (/** @type {number} */ a, /** @type {number} */ b) => this.value[b] - this.value[a] || a - b;
    this.tops.sort(byValue);
    for (const children of this.children) if (children.length > 1) children.sort(byValue);
  }

  /** A node's tag. @param {number} node @returns {string} */
  tag(node) {
    return this.report.line(this.report.pathTag[node]);
  }

  /** A node's tag and those above it. @param {number} node @returns {number[]} from the top */
  chain(node) {
    const chain = [];
    for (let at = node; at >= 0; at = this.report.pathParent[at]) chain.unshift(at);
    return chain;
  }
}
