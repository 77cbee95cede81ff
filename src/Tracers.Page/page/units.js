'use strict';

// Numbers as the cmdlets' views show them, so that what stands here can be found there; and back.

const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** Nanoseconds of each unit that a person may write. @type {Record<string, number>} */
const TIME_UNITS = { ns: 1, us: 1e3, 'µs': 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

/**
 * A duration with its unit, four digits of it: `1.973s`, `270.4us`; empty when it is not known.
 * @param {number} ns nanoseconds; -1: not known
 * @returns {string}
 */
function formatDuration(ns) {
  if (ns < 0) return '';
  // Half up, as the cmdlets round, and never less than whole seconds.
  let step = 1;
  while (ns / step >= 1e4 && step < 1e9) step *= 10;
  let rounded = Math.floor(ns / step) * step;
  if ((ns - rounded) * 2 >= step) rounded += step;
  if (rounded >= 1e9) return trimmed(rounded, 1e9, 9) + 's';
  if (rounded >= 1e6) return trimmed(rounded, 1e6, 6) + 'ms';
  if (rounded >= 1e3) return trimmed(rounded, 1e3, 3) + 'us';
  return rounded === 0 ? '0s' : rounded + 'ns';
}

/**
 * All digits of a duration: `1.973004512s`.
 * @param {number} ns
 * @returns {string}
 */
function formatExact(ns) {
  if (ns < 0) return '';
  if (ns >= 1e9) return trimmed(ns, 1e9, 9) + 's';
  if (ns >= 1e6) return trimmed(ns, 1e6, 6) + 'ms';
  if (ns >= 1e3) return trimmed(ns, 1e3, 3) + 'us';
  return ns === 0 ? '0s' : ns + 'ns';
}

/** @param {number} value @param {number} size @param {number} digits @returns {string} */
function trimmed(value, size, digits) {
  const whole = Math.floor(value / size);
  const rest = value - whole * size;
  return rest === 0 ? String(whole) : whole + '.' + String(rest).padStart(digits, '0').replace(/0+$/, '');
}

/**
 * Bytes in the unit that fits, 1 KB being 1024 bytes; empty when they are not known.
 * @param {number} bytes
 * @returns {string}
 */
function formatBytes(bytes) {
  if (bytes < 0) return '';
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return value.toFixed(unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2) + ' ' + BYTE_UNITS[unit];
}

/**
 * A count with its thousands; empty when it is not known.
 * @param {number} count
 * @returns {string}
 */
function formatCount(count) {
  return count < 0 ? '' : String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * So many things: `1 span`, `2 spans`.
 * @param {number} count @param {string} one
 * @returns {string}
 */
function formatMany(count, one) {
  return formatCount(count) + ' ' + one + (count === 1 ? '' : 's');
}

/**
 * A part of a whole: `12.3%`.
 * @param {number} part @param {number} whole
 * @returns {string}
 */
function formatShare(part, whole) {
  return whole > 0 ? (part * 100 / whole).toFixed(1) + '%' : '';
}

/**
 * A moment after the capture's start in seconds, to the microsecond, so that a column of them is aligned.
 * @param {number} ns
 * @returns {string}
 */
function formatOffset(ns) {
  return (Math.floor(ns / 1e3) / 1e6).toFixed(6);
}

/**
 * A moment as date and time of UTC, all nanoseconds.
 * @param {bigint} ns since the epoch
 * @returns {string}
 */
function formatMoment(ns) {
  const text = new Date(Number(ns / 1000000n)).toISOString();
  return text.slice(0, 10) + ' ' + text.slice(11, 19) + '.' + String(ns % 1000000000n).padStart(9, '0') + ' UTC';
}

/**
 * A duration that a person wrote: a number and its unit.
 * @param {string} text
 * @returns {number} nanoseconds; NaN when it is none
 */
function parseDuration(text) {
  const parts = /^(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)$/i.exec(text);
  if (parts) return Math.round(Number(parts[1]) * TIME_UNITS[parts[2].toLowerCase()]);
  return text === '0' ? 0 : NaN;
}

/**
 * A number of bytes that a person wrote, with or without its unit.
 * @param {string} text
 * @returns {number} NaN when it is none
 */
function parseBytes(text) {
  const parts = /^(\d+(?:\.\d+)?)(B|KB|MB|GB|TB|PB)?$/i.exec(text);
  return parts ? Number(parts[1]) * 1024 ** BYTE_UNITS.indexOf((parts[2] || 'B').toUpperCase()) : NaN;
}

/**
 * Marks of an axis: multiples of 1, 2 or 5 of a power of ten.
 * @param {number} from @param {number} to @param {number} most how many there may be
 * @returns {{step: number, values: number[]}}
 */
function axisMarks(from, to, most) {
  const least = (to - from) / Math.max(most, 1);
  let step = 10 ** Math.floor(Math.log10(Math.max(least, 1e-9)));
  for (const factor of [1, 2, 5, 10])
    if (step * factor >= least) {
      step *= factor;
      break;
    }
  const values = [];
  for (let i = Math.ceil(from / step); i * step <= to; i++) values.push(i * step);
  return { step, values };
}
