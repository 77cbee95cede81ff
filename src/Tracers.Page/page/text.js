'use strict';

// Texts of the capture are whatever somebody wrote: they are shown, and never believed.

/** What is not seen, or changes how what is around it is seen. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|\udb40[\udc00-\udfff]/g;

/** A half of a pair that stands alone. */
const UNPAIRED = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Characters of a text that are shown where there is one line for it. */
const LINE_LENGTH = 200;

/**
 * A text in which every character is seen: control characters as the pictures that Unicode has of them, and those that turn or hide text by their number.
 * @param {string} text
 * @returns {string}
 */
function visibleText(text) {
  return text.replace(UNPAIRED, '\ufffd').replace(UNSEEN, one => {
    const code = one.codePointAt(0) || 0;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return '\u27e8U+' + code.toString(16).toUpperCase().padStart(4, '0') + '\u27e9';
  });
}

/**
 * The beginning of a long text.
 * @param {string} text @param {number} [length]
 * @returns {string}
 */
function cutText(text, length = LINE_LENGTH) {
  return text.length <= length ? text : text.slice(0, length) + '…';
}
