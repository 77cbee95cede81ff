'use strict';

// One span: all that is known of it, and its system calls.

/** Characters of a text that are shown before somebody asks for all of it. */
const DETAIL_LENGTH = 400;

/**
 * Shows a span.
 * @param {Report} report @param {number} span
 */
function showSpan(report, span) {
  const { spans } = report;
  byId('span-title').replaceChildren(element('bdi', {}, report.line(spans.tag[span])));
  const list = element('dl', { class: 'fields' });
  const field = (/** @type {string} */ name, /** @type {any} */ value) => {
    if (value !== '') list.append(element('dt', {}, name), element('dd', {}, value));
  };
  field('Duration', spans.duration[span] < 0 ? 'not known: ' + STATES[spans.state[span]] : formatExact(spans.duration[span]));
  field('Self', formatDuration(spans.self[span]));
  field('Began', spans.state[span] === ORPHAN ? '' : formatMoment(report.start + BigInt(spans.start[span])));
  field('Id', longText(report.raw(spans.id[span])));
  field('Begin', longText(report.raw(spans.args[span])));
  field('End', longText(report.raw(spans.endArgs[span])));
  field('Process', element('span', {}, element('bdi', {}, report.line(spans.name[span])), ` ${spans.process[span]}, thread ${spans.thread[span]}`));
  if (spans.read[span] >= 0) field('I/O', `${formatBytes(spans.read[span])} read, ${formatBytes(spans.written[span])} written`);
  if (spans.calls[span] >= 0) field('Calls', `${formatCount(spans.calls[span])}, ${formatCount(spans.errors[span])} failed`);
  const times = TIME_PARTS.filter(part => spans[part.key][span] > 0).map(part => `${part.name.toLowerCase()} ${formatDuration(spans[part.key][span])}`);
  field('Time in', times.join(', '));

  const place = element('div');
  const { calls } = report;
  const rows = [];
  for (let i = report.firstCall[span]; i < report.firstCall[span + 1]; i++) rows.push(i);
  if (rows.length > 0) plainTable(place, 'System calls of the span', [
    { key: 'start', name: 'After', title: 'After the span began', text: row => formatDuration(Math.max(0, calls.start[row] - spans.start[span])) },
    { key: 'name', name: 'Call', isText: true, text: row => report.line(calls.name[row]) },
    { key: 'latency', name: 'Took', text: row => formatDuration(calls.latency[row]) },
    { key: 'bytes', name: 'Bytes', text: row => formatBytes(calls.bytes[row]) },
    { key: 'error', name: 'Error', isText: true, text: row => report.line(calls.error[row]) },
    { key: 'fd', name: 'On', isText: true, text: row => report.line(calls.fd[row]) },
  ], rows);
  byId('span-text').textContent = rows.length === 0 ? 'No system calls of its own on this page.' : formatMany(rows.length, 'system call') + ' of its own on this page';
  byId('span').replaceChildren(list, place);
}

/**
 * A text of the capture, of which a long one is shown whole on demand.
 * @param {string} text
 * @returns {any} an element, or an empty text
 */
function longText(text) {
  if (text === '') return '';
  const place = element('span');
  if (text.length <= DETAIL_LENGTH) {
    place.append(element('bdi', {}, visibleText(text)));
    return place;
  }
  const all = element('button', { type: 'button', class: 'more' }, `Show all ${formatCount(text.length)} characters`);
  all.addEventListener('click', () => place.replaceChildren(element('bdi', {}, visibleText(text))));
  place.append(element('bdi', {}, cutText(visibleText(cutText(text, DETAIL_LENGTH)), DETAIL_LENGTH)), ' ', all);
  return place;
}
