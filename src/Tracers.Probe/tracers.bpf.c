/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * Records the system calls of a machine. What is copied of each call stands in a table that the consumer fills (`calls`), so that
 * adding a call is a row there and not a program here.
 */
#include <linux/types.h>
#include <linux/bpf.h>
#include "ktypes.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
#include "records.h"
#include "ring.h"
#include "filters.h"
#include "kernel.h"
#include "copies.h"
#include "snapshot.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

#define TS_COMPAT 2
#define ANY_OTHER (COMPAT_ROWS - 1)     /* the row of numbers that the table does not have */
#define SIGRETURN 15
#define SIGRETURN_COMPAT 173
#define SOCKETCALL_COMPAT 102

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, CALL_ROWS);
	__type(key, u32);
	__type(value, struct call_row);
} calls SEC(".maps");

static __always_inline struct call_row *row_of(u32 nr, u32 compat)
{
	u32 row = nr < ANY_OTHER ? nr : ANY_OTHER;
	row += compat ? COMPAT_ROWS : 0;
	return bpf_map_lookup_elem(&calls, &row);
}

/*
 * 32-bit programs may reach sockets by one call: its first argument says which, its second where the others are. Recorded is the call
 * that is meant, by its own number; accept, send and recv have none and are their longer forms. How many arguments stands above the number.
 */
static __always_inline u32 socket_call(u32 which)
{
#define SOCKET_CALL(nr, count) ((nr) | (count) << 16)
	switch (which) {
	case 1: return SOCKET_CALL(359, 3);     /* socket */
	case 2: return SOCKET_CALL(361, 3);     /* bind */
	case 3: return SOCKET_CALL(362, 3);     /* connect */
	case 4: return SOCKET_CALL(363, 2);     /* listen */
	case 5: return SOCKET_CALL(364, 3);     /* accept */
	case 6: return SOCKET_CALL(367, 3);     /* getsockname */
	case 7: return SOCKET_CALL(368, 3);     /* getpeername */
	case 8: return SOCKET_CALL(360, 4);     /* socketpair */
	case 9: return SOCKET_CALL(369, 4);     /* send */
	case 10: return SOCKET_CALL(371, 4);    /* recv */
	case 11: return SOCKET_CALL(369, 6);    /* sendto */
	case 12: return SOCKET_CALL(371, 6);    /* recvfrom */
	case 13: return SOCKET_CALL(373, 2);    /* shutdown */
	case 14: return SOCKET_CALL(366, 5);    /* setsockopt */
	case 15: return SOCKET_CALL(365, 5);    /* getsockopt */
	case 16: return SOCKET_CALL(370, 3);    /* sendmsg */
	case 17: return SOCKET_CALL(372, 3);    /* recvmsg */
	case 18: return SOCKET_CALL(364, 4);    /* accept4 */
	case 19: return SOCKET_CALL(337, 5);    /* recvmmsg */
	case 20: return SOCKET_CALL(345, 4);    /* sendmmsg */
	default: return 0;
	}
}

static __always_inline u32 compat_number(struct pt_regs *regs, u32 nr)
{
	u32 meant = nr == SOCKETCALL_COMPAT ? socket_call(regs->bx) & 0xffff : 0;
	return meant ? meant : nr;
}

/* Returns 0 where the arguments are those of the registers. */
static __always_inline int read_socket_args(u64 *to, struct pt_regs *regs)
{
	u32 args[8] = {};
	u32 size = (u32)regs->orig_ax == SOCKETCALL_COMPAT ? socket_call(regs->bx) >> 16 << 2 : 0;
	if (!size || size > sizeof args)
		return 0;
	bpf_probe_read_user(args, size, (void *)(u64)(u32)regs->cx);
	for (int i = 0; i < 6; i++)
		to[i] = args[i];
	return 1;
}

static __always_inline void read_args(u64 *to, struct pt_regs *regs, u32 compat)
{
	if (!compat) {
		to[0] = regs->di;
		to[1] = regs->si;
		to[2] = regs->dx;
		to[3] = regs->r10;
		to[4] = regs->r8;
		to[5] = regs->r9;
	} else if (!read_socket_args(to, regs)) {
		to[0] = (u32)regs->bx;
		to[1] = (u32)regs->cx;
		to[2] = (u32)regs->dx;
		to[3] = (u32)regs->si;
		to[4] = (u32)regs->di;
		to[5] = (u32)regs->bp;
	}
}

/* Everything but the one plain buffer of a read or write. Returns where the record ends. */
static __always_inline u32 copy_all(u8 *record, u32 at, const struct call_copy *copies, const struct source *s)
{
	for (int i = 0; i < MAX_COPIES; i++) {
		const struct call_copy *c = &copies[i];
		if (c->kind == COPY_NONE || at > MAX_RECORD - sizeof(struct room))
			break;
		struct room *room = (struct room *)(record + at);
		u32 size = c->kind == COPY_MSGHDR ? copy_message(room, c, s) : copy_one(room, c, s);
		if (size > sizeof(struct room))
			break;
		at += size;
	}

	return at;
}

static __always_inline int only_count(void)
{
	if (settings.count_only == COUNT_WITH_CLOCK)
		bpf_ktime_get_ns();
	return 0;
}

SEC("tp_btf/sys_enter")
int BPF_PROG(on_enter, struct pt_regs *regs, long id)
{
	if (settings.count_only)
		return only_count();
	struct task_struct *task = bpf_get_current_task_btf();
	u32 compat = task->thread_info.status & TS_COMPAT, nr = id;
	if (compat)
		nr = compat_number(regs, nr);
	struct call_row *row = row_of(nr, compat);
	if (!row || !(row->flags & CALL_ENTER) || !is_recorded(task))
		return 0;

	struct writer w;
	struct record_enter *r = ring_begin(&w, 1);
	if (!r)
		return 0;
	fill_header(&w, &r->h, RECORD_ENTER, compat ? RECORD_COMPAT : 0, nr < ANY_OTHER ? nr : ANY_OTHER, task);
	u32 at = sizeof *r;
	if (row->enter_copies) {
		struct source s;
		read_args(s.args, regs, compat);
		s.ret = 0;
		s.compat = compat;
		__builtin_memcpy(r->args, s.args, sizeof r->args);
		at = copy_all((u8 *)r, at, row->enter, &s);
	} else {
		read_args(r->args, regs, compat);
	}

	if (at > MAX_RECORD)
		at = sizeof *r;
	ring_end(&w, &r->h, at);
	return 0;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_exit, struct pt_regs *regs, long ret)
{
	if (settings.count_only)
		return only_count();
	/* clang may merge loads of the context into a form that the verifier refuses. */
	asm volatile("" : "+r"(ret));
	struct task_struct *task = bpf_get_current_task_btf();
	u32 compat = task->thread_info.status & TS_COMPAT, nr = regs->orig_ax;
	if (nr == (u32)-1)
		/* The registers of the interrupted program are back, and with them its number. */
		nr = compat ? SIGRETURN_COMPAT : SIGRETURN;
	if (compat)
		nr = compat_number(regs, nr);
	struct call_row *row = row_of(nr, compat);
	if (!row || !(row->flags & CALL_EXIT) || !is_recorded(task))
		return 0;

	struct writer w;
	struct record_exit *r = ring_begin(&w, 1);
	if (!r)
		return 0;
	u8 flags = compat ? RECORD_COMPAT : 0;
	u32 at = sizeof *r;
	r->ret = ret;
	if (row->flags & CALL_EXIT_ARGS) {
		flags |= RECORD_HAS_ARGS;
		read_args((u64 *)(r + 1), regs, compat);
		at += 6 * sizeof(u64);
	}

	fill_header(&w, &r->h, RECORD_EXIT, flags, nr < ANY_OTHER ? nr : ANY_OTHER, task);
	if (row->exit_copies) {
		const struct call_copy *c = &row->exit[0];
		struct source s;
		read_args(s.args, regs, compat);
		s.ret = ret;
		s.compat = compat;
		if (row->flags & CALL_MARKERS_ONLY) {
			u8 first = 0;
			if (ret <= 0 || bpf_probe_read_user(&first, 1, (void *)value_of(&s, c->arg)) || !is_marker(first)) {
				ring_give_up(&w);
				return 0;
			}
		}

		if (row->exit_copies == 1 && c->kind == COPY_BUFFER && !(c->flags & COPY_ON_SUCCESS)) {
			/* A read or a write. */
			struct copy_head *head = (void *)r + at;
			u64 len = value_of(&s, c->len);
			if (c->flags & COPY_TO_RESULT && (ret < 0 || len > ret))
				len = ret < 0 ? 0 : ret;
			head->kind = COPY_BUFFER;
			u32 size = copy_buffer(head, (u8 *)(head + 1), value_of(&s, c->arg), len, c->flags);
			if (size > MAX_COPY)
				size = 0;
			at += sizeof *head + size;
		} else {
			at = copy_all((u8 *)r, at, row->exit, &s);
		}
	}

	if (at > MAX_RECORD)
		at = sizeof *r;
	ring_end(&w, &r->h, at);
	return 0;
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(on_fork, struct task_struct *parent, struct task_struct *child)
{
	if (settings.count_only)
		return 0;
	u32 pid = child->tgid;
	u8 yes = 1;
	struct task_struct *task = bpf_get_current_task_btf();
	if (!is_recorded(task))
		return 0;
	if (settings.filter & FILTER_PID && pid != (u32)parent->tgid)
		bpf_map_update_elem(&pids, &pid, &yes, BPF_ANY);

	struct writer w;
	struct record_fork *r = ring_begin(&w, 0);
	if (!r)
		return 0;
	fill_header(&w, &r->h, RECORD_FORK, 0, 0, parent);
	r->child_tid = child->pid;
	r->child_pid = pid;
	ring_end(&w, &r->h, sizeof *r);
	return 0;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, int old_pid, struct linux_binprm *program)
{
	if (settings.count_only || !is_recorded(task))
		return 0;
	struct writer w;
	struct record *r = ring_begin(&w, 0);
	if (!r)
		return 0;
	fill_header(&w, r, RECORD_EXEC, 0, 0, task);

	/* What was called: the page of the caller's text may not have been there when it called. */
	struct copy_head *head = (void *)(r + 1);
	u8 *to = (u8 *)(head + 1);
	head->kind = COPY_STRING;
	head->size = 0;
	head->whole = -1;
	long n = bpf_probe_read_kernel_str(to, MAX_COPY, program->filename);
	u32 at = sizeof *r + sizeof *head;
	if (n > 0 && n <= MAX_COPY) {
		head->size = n - 1;
		head->whole = n - 1;
		at += n - 1;
	}

	ring_end(&w, r, at);
	return 0;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_task_exit, struct task_struct *task)
{
	if (settings.count_only)
		return 0;
	if (!is_recorded(task))
		return 0;
	struct writer w;
	struct record_task_exit *r = ring_begin(&w, 1);
	if (!r)
		return 0;
	fill_header(&w, &r->h, RECORD_TASK_EXIT, 0, 0, task);
	r->status = task->exit_code;
	r->live = task->signal->live.counter;
	ring_end(&w, &r->h, sizeof *r);

	u32 pid = task->tgid;
	if (settings.filter & FILTER_PID && task->signal->live.counter == 0)
		bpf_map_delete_elem(&pids, &pid);
	return 0;
}
