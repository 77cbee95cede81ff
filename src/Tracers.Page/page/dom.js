'use strict';

// The few things that the page does with elements. Text is only ever text.

/**
 * The element with an id of page.html.
 * @param {string} id
 * @returns {any}
 */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error('No element ' + id);
  return found;
}

/**
 * A new element.
 * @param {string} name @param {Record<string, string>} [attributes] @param {...(Node|string)} children
 * @returns {any}
 */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  made.append(...children);
  return made;
}

/**
 * Calls a function once in the next frame, however often it is asked for until then.
 * @param {() => void} draw
 * @returns {() => void}
 */
function inNextFrame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}

/** What is left for the frames after the next one. @type {Set<() => void>} */
const waiting = new Set();

/**
 * As inNextFrame, but for what may come a moment later: each in a frame of its own, so that the answer to what was done is drawn before.
 * @param {() => void} work
 * @returns {() => void}
 */
function afterwards(work) {
  return () => {
    waiting.add(work);
    if (waiting.size > 1) return;
    byId('report').setAttribute('aria-busy', 'true');
    requestAnimationFrame(() => requestAnimationFrame(workOnWaiting));
  };
}

function workOnWaiting() {
  const [work] = waiting;
  work();
  waiting.delete(work);
  if (waiting.size > 0) requestAnimationFrame(workOnWaiting);
  else byId('report').removeAttribute('aria-busy');
}

/**
 * Tells an element's inner size, at once and whenever it changes, so that nobody has to ask for it while drawing: asking makes the browser lay out the page.
 * @param {any} watched @param {(width: number, height: number) => void} tell
 */
function watchSize(watched, tell) {
  tell(watched.clientWidth, watched.clientHeight);
  new ResizeObserver(() => tell(watched.clientWidth, watched.clientHeight)).observe(watched);
}

/**
 * Makes a canvas as large as it is shown, in the screen's own pixels.
 * @param {HTMLCanvasElement} canvas @param {number} width CSS pixels @param {number} height
 * @returns {CanvasRenderingContext2D}
 */
function sizedContext(canvas, width, height) {
  const ratio = devicePixelRatio || 1;
  const w = Math.max(1, Math.round(width * ratio));
  const h = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.direction = 'ltr';
  return context;
}

/**
 * A text on a canvas, cut to a width.
 * @param {CanvasRenderingContext2D} context @param {string} text @param {number} x @param {number} y @param {number} width
 */
function drawFitting(context, text, x, y, width) {
  if (width < 12) return;
  let shown = cutText(text, Math.ceil(width / 3));
  if (context.measureText(shown).width > width) {
    let low = 0;
    let high = shown.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (context.measureText(shown.slice(0, middle) + '…').width <= width) low = middle;
      else high = middle - 1;
    }
    if (low === 0) return;
    shown = shown.slice(0, low) + '…';
  }
  context.fillText(shown, x, y);
}
