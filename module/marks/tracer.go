// Package tracer marks sections of a program, for Tracers and sysdig to find in a capture of the machine's system calls.
//
//	span := tracer.Start("download_handler")
//	defer span.End()
//	headers := span.Start("headers", "code", 200)
//	...
//	headers.End()
//
// A mark is one short write to /dev/null. Nothing panics; where there is no Linux, nothing is done. A dot in a tag separates tags: "a.b" is b
// inside of a.
//
// What is read and written is charged to the span that its thread is inside of, and goroutines move from thread to thread. A goroutine whose
// I/O is to be charged stays on its thread while a span is open:
//
//	runtime.LockOSThread()
//	defer runtime.UnlockOSThread()
//
// Without that, durations are right all the same: a span is known by its id and not by its thread. Sockets are read and written by the
// goroutine's own thread once they are ready; what the poller waits for is charged to nobody.
//
// One file for Go 1.19 and later, without dependencies, to be copied into a project. Apache-2.0.
package tracer

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"time"
)

const longest = 4096

var (
	device  = open()
	firstID = first()
	count   atomic.Uint64
	escaper = strings.NewReplacer("\\", "\\\\", ":", "\\:", "=", "\\=", ",", "\\,", "<", "\\<", ">", "\\>", "\n", "\\\n", "\x00", "")
)

// Span is a section that has begun. The nil span and one that could not be marked do nothing.
type Span struct {
	id    uint64
	tags  string
	ended atomic.Bool
}

// Start begins a span. Behind the tag stand names and values in turn, which are noted at the beginning.
func Start(tag string, arguments ...any) *Span {
	tags := escape(tag)
	// sysdig loses a marker whose first tag begins with this digit, unless it is escaped.
	if strings.HasPrefix(tags, "0") {
		tags = "\\" + tags
	}
	return begin(nextID(), tags, tags == "", arguments)
}

// Start begins a span inside of another one.
func (s *Span) Start(tag string, arguments ...any) *Span {
	if s == nil || s.id == 0 {
		return Start(tag, arguments...)
	}
	inner := escape(tag)
	return begin(s.id, s.tags+"."+inner, inner == "", arguments)
}

// End ends the span, with names and values in turn that are noted at the end. A span ends once.
func (s *Span) End(arguments ...any) {
	if s != nil && s.id != 0 && !s.ended.Swap(true) {
		write('<', s.id, s.tags, arguments)
	}
}

func begin(id uint64, tags string, empty bool, arguments []any) *Span {
	if empty || !write('>', id, tags, arguments) {
		return &Span{}
	}
	return &Span{id: id, tags: tags}
}

// Descriptors that os opens are closed on exec.
func open() *os.File {
	if runtime.GOOS != "linux" {
		return nil
	}
	file, err := os.OpenFile("/dev/null", os.O_WRONLY, 0)
	if err != nil {
		return nil
	}
	return file
}

// Ids are a number drawn at random and nine digits that count: no other span of the machine has them.
func first() uint64 {
	var random [4]byte
	if _, err := rand.Read(random[:]); err != nil {
		binary.LittleEndian.PutUint32(random[:], uint32(time.Now().UnixNano())^uint32(os.Getpid()))
	}
	return (1 + uint64(binary.LittleEndian.Uint32(random[:]))) * 1_000_000_000
}

func nextID() uint64 {
	return firstID + count.Add(1)%1_000_000_000
}

func escape(text string) string {
	return escaper.Replace(strings.ToValidUTF8(text, "\uFFFD"))
}

// Whether a marker was written. Arguments that do not fit are left out.
func write(kind byte, id uint64, tags string, arguments []any) bool {
	if device == nil {
		return false
	}
	head := fmt.Sprintf("%c:%d:%s:", kind, id, tags)
	marker := head + text(arguments) + ":"
	if len(marker) > longest {
		marker = head + ":"
	}
	if len(marker) > longest {
		return false
	}
	_, err := device.WriteString(marker)
	return err == nil
}

func text(arguments []any) string {
	var pairs []string
	for i := 0; i+1 < len(arguments); i += 2 {
		value := ""
		if arguments[i+1] != nil {
			// A String method that panics is written as fmt writes it.
			value = fmt.Sprint(arguments[i+1])
		}
		pairs = append(pairs, escape(fmt.Sprint(arguments[i]))+"="+escape(value))
	}
	return strings.Join(pairs, ",")
}
