'use strict';

// The filter box: words, and conditions such as duration>500ms.

/** What a condition can compare, and how its value is written. @type {Record<string, {kind: string, value: (report: Report) => (span: number) => number|string}>} */
const CONDITION_FIELDS = {
  duration: numberColumn('time', 'duration'),
  self: numberColumn('time', 'self'),
  start: numberColumn('time', 'start'),
  file: numberColumn('time', 'file'),
  network: numberColumn('time', 'network'),
  pipe: numberColumn('time', 'pipe'),
  wait: numberColumn('time', 'wait'),
  other: numberColumn('time', 'other'),
  rest: numberColumn('time', 'rest'),
  read: numberColumn('bytes', 'read'),
  written: numberColumn('bytes', 'written'),
  bytes: { kind: 'bytes', value: report => span => report.bytesOf(span) },
  calls: numberColumn('count', 'calls'),
  errors: numberColumn('count', 'errors'),
  depth: numberColumn('count', 'depth'),
  thread: numberColumn('count', 'thread'),
  pid: numberColumn('count', 'process'),
  tag: textColumn('tag'),
  process: textColumn('name'),
  id: textColumn('id'),
  args: { kind: 'text', value: report => span => report.argumentsOf(span) },
  state: { kind: 'text', value: report => span => STATES[report.spans.state[span]] },
};

const CONDITION = /^([a-z]+)(>=|<=|!=|>|<|=|~)(.*)$/i;

/** @param {string} kind @param {string} column */
function numberColumn(kind, column) {
  return { kind, value: (/** @type {Report} */ report) => (/** @type {number} */ span) => report.spans[column][span] };
}

/** @param {string} column */
function textColumn(column) {
  return { kind: 'text', value: (/** @type {Report} */ report) => (/** @type {number} */ span) => report.raw(report.spans[column][span]) };
}

/**
 * The parts of a filter: what is between spaces, or in quotes.
 * @param {string} text
 * @returns {string[]}
 */
function filterParts(text) {
  return (text.match(/(?:[^\s"]+|"[^"]*"?)+/g) || []).map(part => part.trim());
}

/**
 * Makes a filter of what was typed.
 * @param {Report} report @param {string} text
 * @returns {{tests: ((span: number) => boolean)[], error: string}} all tests have to hold; `error` says what is wrong with the text
 */
function readConditions(report, text) {
  /** @type {((span: number) => boolean)[]} */
  const tests = [];
  for (const part of filterParts(text)) {
    const parts = CONDITION.exec(part);
    const name = parts ? parts[1].toLowerCase() : '';
    const field = Object.hasOwn(CONDITION_FIELDS, name) ? CONDITION_FIELDS[name] : null;
    if (parts && field) {
      const test = conditionTest(field, field.value(report), parts[2], parts[3].replace(/"/g, ''));
      if (typeof test === 'string') return { tests: [], error: part + ': ' + test };
      tests.push(test);
    } else if (parts && !part.includes('"') && /[<>]/.test(parts[2])) {
      return { tests: [], error: `${part}: there is no ${parts[1]}. Known are ${Object.keys(CONDITION_FIELDS).join(', ')}. As words: "${part}"` };
    } else {
      const not = part.length > 1 && part[0] === '-';
      const word = (not ? part.slice(1) : part).replace(/"/g, '').toLowerCase();
      if (word) tests.push(wordTest(report, word, not));
    }
  }
  return { tests, error: '' };
}

/** @param {{kind: string}} field @param {(span: number) => any} value @param {string} operator @param {string} wanted @returns {string|((span: number) => boolean)} */
function conditionTest(field, value, operator, wanted) {
  if (field.kind === 'text') {
    const low = wanted.toLowerCase();
    if (operator === '=') return span => value(span).toLowerCase() === low;
    if (operator === '!=') return span => value(span).toLowerCase() !== low;
    if (operator === '~') return span => value(span).toLowerCase().includes(low);
    return 'texts are compared with =, != or ~.';
  }
  if (operator === '~') return 'numbers are compared with > >= < <= = or !=.';
  const number = field.kind === 'time' ? parseDuration(wanted) : field.kind === 'bytes' ? parseBytes(wanted) : /^\d+$/.test(wanted) ? Number(wanted) : NaN;
  if (isNaN(number)) return field.kind === 'time' ? 'a time has a unit: 500ms, 10us.' : field.kind === 'bytes' ? 'a size is written 4096, 64KB or 4MB.' : 'a whole number is expected.';
  switch (operator) {
    case '>': return span => value(span) > number;
    case '>=': return span => value(span) >= number;
    case '<': return span => value(span) >= 0 && value(span) < number;
    case '<=': return span => value(span) >= 0 && value(span) <= number;
    case '=': return span => value(span) === number;
    default: return span => value(span) >= 0 && value(span) !== number;
  }
}

/**
 * Whether a word is in one of a span's texts. Each text is searched once, however many spans have it.
 * @param {Report} report @param {string} word @param {boolean} not
 * @returns {(span: number) => boolean}
 */
function wordTest(report, word, not) {
  const { tag, args, endArgs, name, id, process } = report.spans;
  const has = new Int32Array(report.strings.length);
  const found = (/** @type {number} */ text) => {
    if (has[text] === 0) has[text] = report.raw(text).toLowerCase().includes(word) ? 1 : -1;
    return has[text] === 1;
  };
  return span => (found(tag[span]) || found(args[span]) || found(endArgs[span]) || found(name[span]) || found(id[span]) || String(process[span]) === word) !== not;
}
