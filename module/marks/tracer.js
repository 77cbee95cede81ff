'use strict';
// Marks sections of a program, for Tracers and sysdig to find in a capture of the machine's system calls.
//
//     const { span, start } = require('./tracer.js');
//
//     span('download_handler', () => {
//         span('headers', { code: 200 }, () => { ... });
//     });
//
// A mark is one short write to /dev/null. Nothing is ever thrown but what the function throws; where there is no Linux, nothing is done but
// calling it. A dot in a tag separates tags: 'a.b' is b inside of a.
//
// What is read and written is charged to the span that its thread is inside of, and Node runs all requests on one thread: mark sections that do
// not wait. The span of a function that gives a promise ends when that is settled; its duration is right, but it holds what the thread does for
// others meanwhile. And the files of fs.promises and of callbacks are read by threads of a pool, which are inside of no span; those of
// fs.readFileSync and the like are charged, and so are sockets.
//
// One file for Node 16 and later, without dependencies, to be copied into a project. Apache-2.0.

const { AsyncLocalStorage } = require('node:async_hooks');
const { randomBytes } = require('node:crypto');
const fs = require('node:fs');

const longest = 4096;

// Ids are a number drawn at random and nine digits that count: no other span of the machine has them.
const firstId = String(1 + randomBytes(4).readUInt32LE());
let count = 0;
let fd = -1;

// The id and the tags of the span that this call is inside of.
const nest = new AsyncLocalStorage();

function escape(text) {
    return String(text ?? '').replaceAll('\0', '').replace(/[\\:=,<>\n]/g, '\\$&');
}

// Whether a marker was written. Arguments that do not fit are left out.
function write(kind, id, tags, args) {
    try {
        // Node opens everything close-on-exec.
        if (fd < 0)
            fd = fs.openSync('/dev/null', fs.constants.O_WRONLY);
        const head = Buffer.from(`${kind}:${id}:${tags}:`);
        const rest = Buffer.from(Object.entries(args ?? {}).map(([name, value]) => `${escape(name)}=${escape(value)}`).join(',') + ':');
        const marker = Buffer.concat([head, head.length + rest.length > longest ? Buffer.from(':') : rest]);
        return marker.length <= longest && fs.writeSync(fd, marker) > 0;
    } catch {
        // Somebody closed the descriptor who had not opened it, or an argument does not let itself be written.
        fd = -1;
        return false;
    }
}

// Begins a span inside of another; null when it is not marked.
function begin(tag, args, outer) {
    try {
        let tags = escape(tag);
        if (process.platform !== 'linux' || tags === '')
            return null;
        let id = outer?.id;
        if (outer) {
            tags = `${outer.tags}.${tags}`;
        } else {
            count = (count + 1) % 1_000_000_000;
            id = firstId + String(count).padStart(9, '0');
            // sysdig loses a marker whose first tag begins with this digit, unless it is escaped.
            if (tags.startsWith('0'))
                tags = '\\' + tags;
        }
        return write('>', id, tags, args) ? { id, tags } : null;
    } catch {
        return null;
    }
}

function end(begun) {
    if (begun)
        write('<', begun.id, begun.tags);
}

/** Calls a function inside of a span and gives what it gives; args, an object, is noted at the beginning and may be left out. */
function span(tag, args, call) {
    if (typeof args === 'function')
        [args, call] = [undefined, args];
    const begun = begin(tag, args, nest.getStore());
    if (!begun)
        return call();
    let result;
    try {
        result = nest.run(begun, call);
    } catch (error) {
        end(begun);
        throw error;
    }
    if (typeof result?.then !== 'function') {
        end(begun);
        return result;
    }
    const ended = () => end(begun);
    result.then(ended, ended);
    return result;
}

/** Begins a span for code that is no function of its own; it ends by end(). Spans inside of it are begun by its start(). */
function start(tag, args, outer = nest.getStore()) {
    let begun = begin(tag, args, outer);
    const here = begun ?? outer;
    return {
        start: (inner, innerArgs) => start(inner, innerArgs, here),
        end() {
            end(begun);
            begun = null;
        },
    };
}

module.exports = { span, start };
