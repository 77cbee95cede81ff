'use strict';

// The data of the page: README.md beside this folder tells its form. Tables stay columns of numbers, so that a hundred thousand spans are one array each.

/** States of a span. */
const STATES = ['finished', 'unfinished', 'orphan'];
const ORPHAN = 2;

/** Where time goes, in the order in which it is shown. `own` and the key's name, in capitals, are a span's column of it without the spans inside. */
const TIME_PARTS = [
  { key: 'file', own: 'ownFile', name: 'File' },
  { key: 'network', own: 'ownNetwork', name: 'Network' },
  { key: 'pipe', own: 'ownPipe', name: 'Pipe' },
  { key: 'wait', own: 'ownWait', name: 'Wait' },
  { key: 'other', own: 'ownOther', name: 'Other' },
  { key: 'rest', own: 'ownRest', name: 'Rest' },
];

const CONNECTION_TYPES = new Set(['ipv4', 'ipv6', 'unix']);

/** @typedef {{length: number} & Record<string, Float64Array>} Table */

/** A capture's report. */
class Report {
  /** @param {any} json */
  constructor(json) {
    this.generator = String(json.generator);
    this.capture = json.capture;
    this.limits = json.limits;
    /** @type {string[]} */
    this.strings = json.strings;
    this.spans = columns(json.spans);
    this.calls = columns(json.calls);
    this.io = columns(json.io);
    this.tags = columns(json.tags);
    this.timeline = columns(json.timeline);
    this.interval = Number(json.timeline.interval);
    this.start = BigInt(json.capture.start);
    this.duration = Number(json.capture.duration);
    this.prepareSpans();
    this.prepareCalls();
  }

  /** What follows from the spans: ends, the traces they are in, the paths of tags they lie at. */
  prepareSpans() {
    const { length, start, duration, parent, tag } = this.spans;
    /** Time at which each ended; NaN: not known. It can lie before the first event: clocks of processors differ, and a file may be made of several captures. */
    this.end = new Float64Array(length).fill(NaN);
    /** The outermost span around each. */
    this.root = new Int32Array(length);
    /** The node of the tree of tags that each lies at. */
    this.path = new Int32Array(length);
    /** The tree of tags: of each node the one above, -1 at the top, and its tag. @type {number[]} */
    this.pathParent = [];
    /** @type {number[]} */
    this.pathTag = [];
    const nodes = new Map();
    for (const i of parentsFirst(parent)) {
      if (duration[i] >= 0) this.end[i] = start[i] + duration[i];
      const above = parent[i];
      this.root[i] = above < 0 ? i : this.root[above];
      const at = above < 0 ? -1 : this.path[above];
      const key = (at + 1) * this.strings.length + tag[i];
      let node = nodes.get(key);
      if (node === undefined) {
        node = this.pathTag.length;
        nodes.set(key, node);
        this.pathParent.push(at);
        this.pathTag.push(tag[i]);
      }
      this.path[i] = node;
    }
    /** When the last thing on the page ended. */
    this.extent = this.duration;
    for (const end of this.end) if (end > this.extent) this.extent = end;
  }

  /** Where each span's calls begin in the table of calls; they lie by span. */
  prepareCalls() {
    this.firstCall = new Int32Array(this.spans.length + 1);
    const { length, span } = this.calls;
    for (let i = 0; i < length; i++) this.firstCall[span[i] + 1]++;
    for (let i = 0; i < this.spans.length; i++) this.firstCall[i + 1] += this.firstCall[i];
  }

  /** A text of the capture as it is. @param {number} index @returns {string} */
  raw(index) {
    return this.strings[index] || '';
  }

  /** A text of the capture for one line: visible and cut. @param {number} index @returns {string} */
  line(index) {
    return cutText(visibleText(cutText(this.raw(index))));
  }

  /** Arguments of a span: those that it began with, then those that it ended with. @param {number} span @returns {string} */
  argumentsOf(span) {
    const begun = this.raw(this.spans.args[span]);
    const ended = this.raw(this.spans.endArgs[span]);
    return begun && ended ? begun + ' → ' + ended : begun || ended;
  }

  /** How long a span took, or why nobody knows. @param {number} span @returns {string} */
  durationOf(span) {
    return this.spans.duration[span] >= 0 ? formatDuration(this.spans.duration[span]) : STATES[this.spans.state[span]];
  }

  /** Bytes read and written by a span. @param {number} span @returns {number} */
  bytesOf(span) {
    const { read, written } = this.spans;
    return read[span] < 0 ? -1 : read[span] + written[span];
  }
}

/**
 * The spans in an order in which each comes after the one around it. By their times that is not always so: clocks of processors contradict each other.
 * @param {Float64Array} parent of each the span around it, -1 for none
 * @returns {Int32Array}
 */
function parentsFirst(parent) {
  const order = new Int32Array(parent.length);
  const isTaken = new Uint8Array(parent.length);
  /** @type {number[]} */
  const chain = [];
  let count = 0;
  for (let i = 0; i < parent.length; i++) {
    for (let at = i; at >= 0 && isTaken[at] === 0; at = parent[at]) {
      isTaken[at] = 1;
      chain.push(at);
    }
    for (let at = chain.pop(); at !== undefined; at = chain.pop()) order[count++] = at;
  }
  return order;
}

/**
 * A table's columns as arrays of numbers.
 * @param {Record<string, any>} json
 * @returns {any}
 */
function columns(json) {
  /** @type {any} */
  const table = { length: 0 };
  for (const key in json)
    if (Array.isArray(json[key])) {
      table[key] = Float64Array.from(json[key]);
      table.length = table[key].length;
    }
  return table;
}

/**
 * Inflates and reads the data.
 * @param {string} text base64 of gzip of JSON
 * @returns {Promise<Report>}
 */
async function readReport(text) {
  const packed = atob(text);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = packed.charCodeAt(i);
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const json = JSON.parse(await new Response(inflated).text());
  if (json.version !== 1) throw new Error('The data is of version ' + json.version + ', which this page does not know.');
  return new Report(json);
}
