'use strict';

// Tables: one that holds only the rows that are seen, however many there are, and a plain one.

const ROW_HEIGHT = 22;

/** How wide a text of a plain table can be; the style says the same. */
const PLAIN_WIDTH = 420;

/**
 * @typedef {object} TableColumn
 * @property {string} key
 * @property {string} name
 * @property {string} [title] what it is, where the name does not say it
 * @property {number} [width] CSS pixels
 * @property {boolean} [isText]
 * @property {(row: number) => string} text
 */

/**
 * A table's head. With `sort`, each name is a button.
 * @param {TableColumn[]} shown @param {((key: string) => void)|null} sort
 * @returns {any}
 */
function tableHead(shown, sort) {
  const row = element('tr', { 'aria-rowindex': '1' });
  for (const column of shown) {
    const cell = element('th', { scope: 'col', class: column.isText ? 'text' : 'number', 'data-key': column.key });
    if (column.title) cell.title = column.title;
    if (sort) {
      const button = element('button', { type: 'button' }, column.name);
      button.addEventListener('click', () => sort(column.key));
      cell.append(button);
    } else {
      cell.append(column.name);
    }
    row.append(cell);
  }
  return element('thead', {}, row);
}

/** Marks the column that a table is sorted by. @param {any} head @param {string} key @param {boolean} descending */
function markSorted(head, key, descending) {
  for (const cell of head.querySelectorAll('th'))
    if (cell.dataset.key === key) cell.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    else cell.removeAttribute('aria-sort');
}

/**
 * A plain table of some rows, and a line that says how many more there are.
 * @param {any} place where it goes; what was there before is gone
 * @param {string} caption for who does not see it
 * @param {TableColumn[]} shown @param {ArrayLike<number>} rows @param {number} [most] @param {((row: number) => Node|null)} [extra] an element for the column that has no text
 */
function plainTable(place, caption, shown, rows, most = 200, extra = undefined) {
  const body = element('tbody');
  const count = Math.min(rows.length, most);
  for (let i = 0; i < count; i++) {
    const row = element('tr');
    for (const column of shown) {
      const made = extra && column.key === 'extra' ? extra(rows[i]) : null;
      const text = column.text(rows[i]);
      const cell = element('td', { class: made ? 'extra' : cellClass(column, text, PLAIN_WIDTH) });
      const hint = hintOf(cell.className, text);
      if (!made && hint !== '') cell.title = hint;
      cell.append(made || (column.isText ? element('bdi', {}, text) : text));
      row.append(cell);
    }
    body.append(row);
  }
  const parts = [element('table', { class: 'plain' }, element('caption', { class: 'unseen' }, caption), tableHead(shown, null), body)];
  if (rows.length > count) {
    const more = element('button', { type: 'button', class: 'more' }, `Show ${formatCount(Math.min(rows.length - count, count * 4))} more of ${formatCount(rows.length)}`);
    more.addEventListener('click', () => plainTable(place, caption, shown, rows, most * 5, extra));
    parts.push(more);
  }
  if (rows.length === 0) parts.push(element('p', { class: 'none' }, 'Nothing here.'));
  place.replaceChildren(...parts);
}

/**
 * The class of a cell: one whose text may be wider than the cell is cut. Of other scripts than Latin nobody knows how wide they are.
 * @param {TableColumn} column @param {string} text @param {number} width
 * @returns {string}
 */
function cellClass(column, text, width) {
  if (!column.isText) return 'number';
  return /^[\x20-\x7e]*$/.test(text) && text.length * 7.5 + 16 < width ? 'text' : 'text long-text';
}

/** What the pointer shows of a cell: the text, where it may be cut. @param {string} name the cell's class @param {string} text @returns {string} */
function hintOf(name, text) {
  return name.endsWith('long-text') ? text : '';
}

/** A table of any number of rows, of which only those in sight are elements. Arrows move through it, Enter chooses. */
class LongTable {
  /**
   * @param {any} scroll the element that scrolls
   * @param {string} name
   * @param {TableColumn[]} shown
   * @param {(key: string) => void} sort
   * @param {(row: number) => void} choose
   */
  constructor(scroll, name, shown, sort, choose) {
    this.scroll = scroll;
    this.columns = shown;
    this.choose = choose;
    /** @type {ArrayLike<number>} */
    this.rows = [];
    this.active = 0;
    this.chosen = -1;
    this.head = tableHead(shown, sort);
    this.above = element('tr', { class: 'space', 'aria-hidden': 'true' }, element('td', { colspan: String(shown.length) }));
    this.below = this.above.cloneNode(true);
    this.body = element('tbody', {}, this.above, this.below);
    const group = element('colgroup');
    let width = 0;
    /** @type {number[]} */
    this.widths = [];
    for (const column of shown) {
      // The first one stays in sight while the others move past it, so it must leave them room.
      const own = column === shown[0] ? Math.min(column.width || 80, Math.max(120, scroll.clientWidth * 0.4)) : column.width || 80;
      const one = element('col');
      one.style.width = own + 'px';
      width += own;
      this.widths.push(own);
      group.append(one);
    }
    this.table = element('table', { class: 'long', role: 'grid', 'aria-label': name, 'aria-readonly': 'true' }, group, this.head, this.body);
    this.table.style.width = width + 'px';
    scroll.replaceChildren(this.table);
    this.draw = inNextFrame(() => this.fill());
    /** How far it is scrolled. */
    this.top = 0;
    scroll.addEventListener('scroll', () => {
      this.top = scroll.scrollTop;
      this.draw();
    }, { passive: true });
    scroll.addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => this.key(e));
    this.height = 0;
    watchSize(scroll, (_, height) => {
      this.height = height;
      this.draw();
    });
    this.body.addEventListener('click', (/** @type {any} */ e) => {
      if (String(getSelection()) !== '') return;
      const row = e.target.closest('tr[data-at]');
      if (row) this.activate(Number(row.dataset.at), true);
    });
  }

  /** @param {ArrayLike<number>} rows @param {boolean} keep whether the place in the table stays */
  show(rows, keep) {
    this.rows = rows;
    this.table.setAttribute('aria-rowcount', String(rows.length + 1));
    if (!keep) {
      this.active = 0;
      this.scrollTo(0);
    }
    this.active = Math.max(0, Math.min(this.active, rows.length - 1));
    this.fill();
  }

  /** Marks a row as chosen. @param {number} row its number in the data */
  mark(row) {
    this.chosen = row;
    this.draw();
  }

  fill() {
    const first = Math.max(0, Math.min(Math.floor(this.top / ROW_HEIGHT) - 4, this.rows.length));
    const last = Math.min(this.rows.length, first + Math.ceil(this.height / ROW_HEIGHT) + 8);
    let row = this.above.nextSibling;
    for (let i = first; i < last; i++) {
      if (row === this.below) {
        row = element('tr', { role: 'row' }, ...this.columns.map(column => element('td', { role: 'gridcell', class: column.isText ? 'text' : 'number' })));
        this.body.insertBefore(row, this.below);
      }
      this.fillRow(row, i);
      row = row.nextSibling;
    }
    while (row !== this.below) {
      const next = row.nextSibling;
      row.remove();
      row = next;
    }
    this.above.firstChild.style.height = first * ROW_HEIGHT + 'px';
    this.below.firstChild.style.height = (this.rows.length - last) * ROW_HEIGHT + 'px';
    const active = document.getElementById(this.scroll.id + '-' + this.active);
    if (active) this.scroll.setAttribute('aria-activedescendant', active.id);
    else this.scroll.removeAttribute('aria-activedescendant');
  }

  /** @param {any} row @param {number} at */
  fillRow(row, at) {
    const item = this.rows[at];
    row.dataset.at = String(at);
    row.id = this.scroll.id + '-' + at;
    row.setAttribute('aria-rowindex', String(at + 2));
    row.setAttribute('aria-selected', String(item === this.chosen));
    row.className = at === this.active ? 'active' : '';
    for (let c = 0; c < this.columns.length; c++) {
      const text = this.columns[c].text(item);
      const cell = row.cells[c];
      if (cell.textContent === text) continue;
      cell.textContent = text;
      const name = cellClass(this.columns[c], text, this.widths[c]);
      if (cell.className !== name) cell.className = name;
      const hint = hintOf(name, text);
      if (cell.title !== hint) cell.title = hint;
    }
  }

  /** @param {number} at @param {boolean} choose */
  activate(at, choose) {
    if (this.rows.length === 0) return;
    this.active = Math.max(0, Math.min(at, this.rows.length - 1));
    // Below the head, which is as high as a row or a little higher.
    const top = this.active * ROW_HEIGHT;
    const room = this.height - 3 * ROW_HEIGHT;
    if (top < this.top) this.scrollTo(top);
    else if (top > this.top + room) this.scrollTo(top - room);
    this.fill();
    if (choose) this.choose(this.rows[this.active]);
  }

  /** @param {number} top */
  scrollTo(top) {
    if (top === this.top) return;
    this.top = top;
    this.scroll.scrollTop = top;
  }

  /** @param {KeyboardEvent} e */
  key(e) {
    if (e.target !== this.scroll || e.ctrlKey || e.altKey || e.metaKey) return;
    const page = Math.max(1, Math.floor(this.height / ROW_HEIGHT) - 3);
    /** @type {Record<string, number>} */
    const moves = { ArrowDown: this.active + 1, ArrowUp: this.active - 1, PageDown: this.active + page, PageUp: this.active - page, Home: 0, End: this.rows.length - 1 };
    if (e.key in moves) this.activate(moves[e.key], false);
    else if (e.key === 'Enter' || e.key === ' ') this.activate(this.active, true);
    else return;
    e.preventDefault();
  }
}
