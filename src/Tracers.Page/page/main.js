'use strict';

// Starts the page: reads the data, and puts the panels to work.

/** What the filter and the selection are, each with a button that takes it back. @param {View} view */
function startBar(view) {
  const box = byId('filter');
  const chips = byId('chips');
  let typing = 0;
  box.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => view.change({ filter: box.value.trim() }, 'replace'), 120);
  });
  box.addEventListener('change', () => {
    clearTimeout(typing);
    view.change({ filter: box.value.trim() });
  });
  const chip = (/** @type {string} */ text, /** @type {string} */ what, /** @type {Partial<ViewState>} */ changes) => {
    const button = element('button', { type: 'button', class: 'chip', 'aria-label': 'Clear ' + what }, text + ' ✕');
    button.addEventListener('click', () => {
      view.change(changes);
      box.focus();
    });
    chips.append(button);
  };
  view.listeners.push(changed => {
    if (!changed.has('shown')) return;
    const { state } = view;
    if (document.activeElement !== box || view.state.filter === '') if (box.value.trim() !== state.filter) box.value = state.filter;
    chips.replaceChildren();
    if (state.to >= 0) chip(`ended ${formatDuration(state.from)} – ${formatDuration(state.to)}`, 'the selected time', { from: -1, to: -1 });
    if (state.high >= 0) chip(`took ${formatDuration(state.low)} – ${formatDuration(state.high)}`, 'the selected durations', { low: -1, high: -1 });
    byId('filter-error').textContent = view.filterError;
    byId('selected').textContent = (view.isSelected || state.filter ? formatMany(view.count, 'span') + ' selected' : formatMany(view.count, 'span'));
  });
}

/** Makes everything of the data. @param {Report} report */
function startPanels(report) {
  const view = new View(report);
  showSummary(report);
  byId('report').hidden = false;
  byId('loading').hidden = true;
  startBar(view);
  for (const Panel of [SpectrogramPanel, TimelinePanel, SpanPanel, WaterfallPanel, FlamePanel, BreakdownPanel, IoPanel]) new Panel(report, view);
  view.open();
}

/** Says why there is no report. @param {string} text */
function fail(text) {
  const place = byId('loading');
  place.textContent = text;
  place.classList.add('bad');
  document.documentElement.dataset.state = 'failed';
}

async function start() {
  byId('loading').hidden = false;
  startTheme();
  byId('skip').addEventListener('click', (/** @type {Event} */ e) => {
    e.preventDefault();
    byId('spans').focus();
  });
  const data = byId('data');
  const text = data.textContent.trim();
  data.remove();
  if (text === '' || text[0] === '{') return fail('This is the page of a report without its data: Export-TracerReport puts it in.');
  if (typeof DecompressionStream === 'undefined') return fail('This browser is too old for the report: it cannot inflate data (DecompressionStream). Chromium from 111, Firefox from 113 and Safari from 16.4 can.');
  try {
    startPanels(await readReport(text));
    document.documentElement.dataset.state = 'ready';
    performance.mark('ready');
  } catch (e) {
    fail('The report cannot be read: ' + (e instanceof Error ? e.message : String(e)));
    throw e;
  }
}

start();
