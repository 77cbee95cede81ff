'use strict';

// The spectrogram's cells: how many spans ended in an interval of time and took one of a range of durations.

/** Where the ranges of durations begin, in each decade: ten steps that look even on a logarithmic scale and can be read. */
const RANGE_STARTS = [100, 125, 160, 200, 250, 315, 400, 500, 630, 800];

/** Intervals that the time is divided into, at most. */
const MOST_INTERVALS = 160;

/** At least so many decades are shown, so that a range has a size that can be compared. */
const FEWEST_DECADES = 4;

/**
 * The shortest duration in a range.
 * @param {number} range from 0, which begins at 1 ns
 * @returns {number} nanoseconds
 */
function rangeStart(range) {
  return Math.max(range > 0 ? 1 : 0, Math.ceil(RANGE_STARTS[range % 10] * 10 ** Math.floor(range / 10) / 100));
}

/**
 * The range that a duration is in.
 * @param {number} duration nanoseconds
 * @returns {number}
 */
function rangeOf(duration) {
  if (duration < 1) return 0;
  let range = Math.max(0, Math.floor(Math.log10(duration) * 10) - 1);
  while (rangeStart(range + 1) <= duration) range++;
  return range;
}

/** The cells of the spans that the filter lets through. */
class Cells {
  /** @param {Report} report */
  constructor(report) {
    this.report = report;
    const { duration } = report.spans;
    let shortest = Infinity;
    let longest = 0;
    for (let i = 0; i < report.spans.length; i++) {
      if (duration[i] < 0) continue;
      if (duration[i] > 0) shortest = Math.min(shortest, duration[i]);
      longest = Math.max(longest, duration[i]);
    }
    if (longest === 0) [shortest, longest] = [1e3, 1e9];
    // The lowest range has those that took no time as well.
    let top = Math.floor(rangeOf(longest) / 10) + 1;
    let bottom = Math.floor(rangeOf(shortest) / 10);
    while (top - bottom < FEWEST_DECADES) bottom > 0 ? bottom-- : top++;
    /** The lowest range that is shown, and how many there are. */
    this.lowest = bottom * 10;
    this.ranges = (top - bottom) * 10;
    /** Nanoseconds of an interval, and how many there are. */
    this.interval = Math.max(1, axisMarks(0, Math.max(report.extent, 1), MOST_INTERVALS).step);
    this.intervals = Math.floor(report.extent / this.interval) + 1;
    this.counts = new Int32Array(this.intervals * this.ranges);
    this.most = 0;
    /** The cell of each span; -1 for those without. */
    this.cell = new Int32Array(report.spans.length);
    for (let i = 0; i < this.cell.length; i++)
      this.cell[i] = duration[i] < 0 ? -1 : Math.floor(Math.max(0, report.end[i]) / this.interval) * this.ranges + Math.max(0, rangeOf(duration[i]) - this.lowest);
  }

  /** Counts. @param {Uint8Array} filtered */
  count(filtered) {
    this.counts.fill(0);
    this.most = 0;
    for (let i = 0; i < filtered.length; i++)
      if (filtered[i] === 1 && this.cell[i] >= 0) this.most = Math.max(this.most, ++this.counts[this.cell[i]]);
  }

  /** How many spans are in a cell. @param {number} column @param {number} row from the shortest durations @returns {number} */
  at(column, row) {
    return this.counts[column * this.ranges + row];
  }

  /**
   * The times and durations of a rectangle of cells, with all of the cells at its corners.
   * @param {number[]} a column and row of a corner @param {number[]} b those of the other one
   * @returns {{from: number, to: number, low: number, high: number}}
   */
  rectangle(a, b) {
    const row = Math.min(a[1], b[1]);
    return {
      from: Math.min(a[0], b[0]) * this.interval,
      to: (Math.max(a[0], b[0]) + 1) * this.interval,
      low: row === 0 ? 0 : rangeStart(this.lowest + row),
      high: rangeStart(this.lowest + Math.max(a[1], b[1]) + 1),
    };
  }
}
