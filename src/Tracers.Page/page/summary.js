'use strict';

// What the capture is, and what of it is not known or not shown.

/** @param {Report} report */
function showSummary(report) {
  const { capture, limits } = report;
  const name = visibleText(String(capture.name));
  document.title = cutText(name, 80) + ' – Tracers report';
  byId('name').replaceChildren(element('bdi', {}, cutText(name)));
  byId('when').textContent = formatMoment(report.start);
  byId('generator').textContent = 'Made by ' + visibleText(report.generator) + '. This file asks for nothing: it holds all that it shows.';

  const notices = byId('notices');
  if (capture.lostEvents > 0)
    notices.append(element('p', { class: 'notice bad', id: 'lost' }, `${formatMany(capture.lostEvents, 'event')} were lost while recording`
      + (capture.dropIntervals > 0 ? `, and in ${formatMany(capture.dropIntervals, 'interval')} only some were recorded` : '') + ': numbers are too small, and spans may have no begin or end.'));
  else if (capture.dropIntervals > 0)
    notices.append(element('p', { class: 'notice bad' }, `In ${formatMany(capture.dropIntervals, 'interval')} only some events were recorded: numbers are too small.`));
  if (capture.problem) notices.append(element('p', { class: 'notice bad' }, 'Only a part of the capture could be read: ', element('bdi', {}, visibleText(String(capture.problem)))));

  const facts = byId('facts');
  const fact = (/** @type {string} */ key, /** @type {string} */ value) => facts.append(element('div', {}, element('dt', {}, key), element('dd', {}, element('bdi', {}, value))));
  if (capture.host) fact('Host', cutText(visibleText(String(capture.host))));
  fact('Duration', formatDuration(report.duration));
  fact('Events', formatCount(capture.events));
  fact('Lost events', capture.lostEvents === null ? 'not known' : formatCount(capture.lostEvents));
  fact('Spans', formatCount(capture.spans));
  fact('Unfinished', formatCount(capture.unfinished));
  fact('Orphans', formatCount(capture.orphans));
  if (capture.badMarkers > 0) fact('Bad markers', formatCount(capture.badMarkers));
  if (capture.calls !== null) fact('Calls in spans', formatCount(capture.calls));
  fact('Processes', formatCount(capture.processes));
  fact('Threads', formatCount(capture.threads));
  if (capture.filter) fact('Filter', cutText(visibleText(String(capture.filter))));
  if (capture.tag) fact('Tag', cutText(visibleText(String(capture.tag))));

  const { spans, calls, io } = limits;
  if (spans.total === 0) {
    byId('limits').textContent = `${capture.filter || capture.tag ? 'No span is selected' : 'There is no span in this capture'}, and this page shows what lies in spans.`;
    return;
  }
  const parts = [];
  parts.push(spans.shown === spans.total ? 'All spans are on this page'
    : `${formatCount(spans.shown)} of ${formatMany(spans.total, 'span')} are on this page: the ${formatCount(spans.longest)} longest, ${spans.traces > 0 ? formatCount(spans.traces) + ' more of the slowest traces, ' : ''}a sample of ${formatCount(spans.sampled)}, and what is around them`
      + (spans.allAbove >= 0 ? `; all that took longer than ${formatDuration(spans.allAbove)}` : ''));
  parts.push(calls.shown === calls.total && calls.traces === calls.tracesTotal ? 'all system calls in them'
    : `${formatCount(calls.shown)} of ${formatMany(capture.calls === null ? calls.total : capture.calls, 'system call')}, those of ${formatCount(calls.traces)} of ${formatMany(calls.tracesTotal, 'trace')}${calls.shown < calls.total ? ' that took longest' : ''}`);
  parts.push(io.shown === io.total ? 'all files and connections' : `the ${formatCount(io.shown)} of ${formatMany(io.total, 'row')} of I/O that have most bytes, the others summed`);
  byId('limits').textContent = parts.join('; ') + '.';
}
