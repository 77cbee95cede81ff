/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * What is copied beside the arguments. Lengths are bounded in the branch that hands them to a helper: the verifier wants it so.
 * The functions that are not inlined are global: the verifier looks at each once, and not once a place that calls it.
 */
#pragma once

#define MAX_SOCKADDR 128
#define MAX_VECTORS 1024u       /* UIO_MAXIOV */
#define MAX_GATHERED 16u
#define MAX_ARGV 32u
#define MAX_ARGV_BYTES 4000u

struct source {
	u64 args[6];
	s64 ret;
	u32 compat;
};

/* Where one copy goes: the largest is a task with its argv and its environment. */
struct room {
	struct copy_head head;
	u8 data[sizeof(struct copied_task) + 2 * MAX_COPY + MAX_SOCKADDR + sizeof(struct copy_head)];
};

/* Where text or data goes. */
struct data_room {
	struct copy_head head;
	u8 data[2 * MAX_COPY];
};

/* A user program's structures, in both of their forms. */
struct vector { u64 base, len; };
struct vector32 { u32 base, len; };
struct message { u64 name; u32 name_len, pad; u64 vectors, vector_count; };
struct message32 { u32 name, name_len, vectors, vector_count; };

static __always_inline u64 value_of(const struct source *s, u8 from)
{
	/* A variable index into the stack is refused by older verifiers. */
	switch (from) {
	case 0: return s->args[0];
	case 1: return s->args[1];
	case 2: return s->args[2];
	case 3: return s->args[3];
	case 4: return s->args[4];
	case 5: return s->args[5];
	case FROM_RESULT: return s->ret;
	default: return 0;
	}
}

static __always_inline int is_marker(u8 first)
{
	return first == '>' || first == '<' || first == '=' || first == '[';
}

/* Returns how many bytes of `to` hold the copy. */
static __always_inline u32 copy_buffer(struct copy_head *head, u8 *to, u64 from, u64 len, u8 flags)
{
	head->size = 0;
	head->whole = len > 0x7fffffff ? 0x7fffffff : (s32)len;
	if (len == 0)
		return 0;
	u32 take = len > settings.snaplen ? settings.snaplen : (u32)len;
	if (take == 0)
		take = 1;
	if (take > MAX_COPY)
		return 0;
	if (bpf_probe_read_user(to, take, (void *)from)) {
		head->whole = -1;
		return 0;
	}

	if (flags & COPY_MARKERS && len > take && is_marker(*to)) {
		u32 all = len > MAX_COPY ? MAX_COPY : (u32)len;
		if (all && all <= MAX_COPY && !bpf_probe_read_user(to, all, (void *)from))
			take = all;
	} else if (settings.snaplen == 0) {
		take = 0;
	}

	head->size = take;
	return take;
}

static __always_inline u32 copy_string(struct copy_head *head, u8 *to, u64 from)
{
	long n = bpf_probe_read_user_str(to, MAX_COPY, (void *)from);
	head->size = 0;
	head->whole = -1;
	if (n <= 0 || n > MAX_COPY)
		return 0;
	head->size = n - 1;
	head->whole = n - 1;
	return n - 1;
}

static __always_inline u32 copy_plain(struct copy_head *head, u8 *to, u64 from, u64 len, u32 most)
{
	u32 take = len > most ? most : (u32)len;
	head->size = 0;
	head->whole = len > 0x7fffffff ? 0x7fffffff : (s32)len;
	if (take == 0 || take > MAX_COPY)
		return 0;
	if (bpf_probe_read_user(to, take, (void *)from)) {
		head->whole = -1;
		return 0;
	}

	head->size = take;
	return take;
}

static __always_inline int read_vector(struct vector *v, u64 at, u32 i, u32 compat)
{
	if (!compat)
		return bpf_probe_read_user(v, sizeof *v, (void *)(at + i * sizeof *v));
	struct vector32 narrow;
	if (bpf_probe_read_user(&narrow, sizeof narrow, (void *)(at + i * sizeof narrow)))
		return -1;
	v->base = narrow.base;
	v->len = narrow.len;
	return 0;
}

/* The first vectors' bytes up to the snaplen, and how long all of them are together. `limit`: bytes that were moved. */
__noinline int copy_vectors(struct data_room *room, u64 at, u64 count, u64 limit, u32 compat)
{
	struct vector v;
	u32 size = 0, most = settings.snaplen;
	u64 whole = 0;
	if (!room)
		return 0;

	if (limit < most)
		most = limit;
	for (u32 i = 0; i < MAX_GATHERED && i < count && size < most; i++) {
		if (read_vector(&v, at, i, compat))
			break;
		u32 take = most - size;
		if (v.len < take)
			take = v.len;
		if (take == 0)
			continue;
		/* Said in the verifier's words; the room is twice as large. */
		if (take > MAX_COPY || size > MAX_COPY)
			break;
		if (bpf_probe_read_user(room->data + size, take, (void *)v.base))
			break;
		size += take;
	}

	for (u32 i = 0; i < MAX_VECTORS && i < count; i++) {
		if (read_vector(&v, at, i, compat)) {
			room->head.whole = -1;
			room->head.size = 0;
			return 0;
		}

		whole += v.len;
	}

	room->head.size = size;
	room->head.whole = whole > 0x7fffffff ? 0x7fffffff : (s32)whole;
	return size;
}

/* Texts of argv that were given to a call that failed: the program that would have had them is not there. */
__noinline int copy_argv(struct data_room *room, u64 at, u32 compat)
{
	u32 size = 0;
	if (!room)
		return 0;
	for (u32 i = 0; i < MAX_ARGV; i++) {
		u64 text = 0;
		if (bpf_probe_read_user(&text, compat ? 4 : 8, (void *)(at + i * (compat ? 4 : 8))) || !text)
			break;
		if (size >= MAX_ARGV_BYTES)
			break;
		long n = bpf_probe_read_user_str(room->data + size, MAX_COPY, (void *)text);
		if (n <= 0 || n > MAX_COPY)
			break;
		size += n;
	}

	room->head.size = size;
	room->head.whole = size;
	return size;
}

__noinline int copy_whole_task(struct room *room, u32 with_environment)
{
	struct task_struct *task = bpf_get_current_task_btf();
	if (!room)
		return 0;
	struct copied_task *out = (struct copied_task *)room->data;
	u8 *text = (u8 *)(out + 1);
	copy_task(out, task);

	struct mm_struct *mm = BPF_CORE_READ(task, mm);
	u32 args = 0, env = 0;
	if (mm) {
		u64 start = BPF_CORE_READ(mm, arg_start), len = BPF_CORE_READ(mm, arg_end) - start;
		args = len > MAX_COPY ? MAX_COPY : (u32)len;
		if (args && args <= MAX_COPY && bpf_probe_read_user(text, args, (void *)start))
			args = 0;
		if (with_environment && args <= MAX_COPY) {
			start = BPF_CORE_READ(mm, env_start);
			len = BPF_CORE_READ(mm, env_end) - start;
			env = len > MAX_COPY ? MAX_COPY : (u32)len;
			if (env && env <= MAX_COPY && bpf_probe_read_user(text + args, env, (void *)start))
				env = 0;
		}
	}

	if (args > MAX_COPY)
		args = 0;
	if (env > MAX_COPY)
		env = 0;
	out->args_len = args;
	out->env_len = env;
	u32 size = sizeof *out + args + env;
	room->head.size = size;
	room->head.whole = size;
	return size;
}

/* One copy, with its head. Returns the bytes it takes, a multiple of 8. */
__noinline int copy_one(struct room *room, const struct call_copy *c, const struct source *s)
{
	struct task_struct *task = bpf_get_current_task_btf();
	if (!room || !c || !s)
		return 0;
	struct copy_head *head = &room->head;
	u8 *to = room->data;
	u64 from = value_of(s, c->arg);
	u32 size = 0;

	head->kind = c->kind;
	if (c->flags & COPY_ON_SUCCESS && s->ret < 0) {
		head->size = 0;
		head->whole = -1;
		return sizeof *head;
	}

	switch (c->kind) {
	case COPY_STRING:
		size = copy_string(head, to, from);
		break;
	case COPY_BUFFER: {
		u64 len = value_of(s, c->len);
		if (c->flags & COPY_TO_RESULT && (s->ret < 0 || len > s->ret))
			len = s->ret < 0 ? 0 : s->ret;
		size = copy_buffer(head, to, from, len, c->flags);
		break;
	}
	case COPY_FIXED:
		size = copy_plain(head, to, from, c->len, 255);
		break;
	case COPY_SOCKADDR:
		size = copy_plain(head, to, from, (u32)value_of(s, c->len), MAX_SOCKADDR);
		break;
	case COPY_SOCKADDR_OUT: {
		u32 len = 0;
		u64 at = value_of(s, c->len);
		if (from && at)
			bpf_probe_read_user(&len, sizeof len, (void *)at);
		size = copy_plain(head, to, from, len, MAX_SOCKADDR);
		break;
	}
	case COPY_POLLFDS:
		size = copy_plain(head, to, from, value_of(s, c->len) * 8, MAX_COPY);
		break;
	case COPY_IOVEC: {
		u64 limit = MAX_COPY;
		if (c->flags & COPY_TO_RESULT)
			limit = s->ret < 0 ? 0 : s->ret;
		size = copy_vectors((struct data_room *)room, from, (u32)value_of(s, c->len), limit, s->compat);
		break;
	}
	case COPY_MEMORY:
		copy_memory((struct copied_memory *)to, task);
		size = sizeof(struct copied_memory);
		head->size = head->whole = size;
		break;
	case COPY_FILE:
		copy_file((struct copied_file *)to, (s32)from < 0 ? 0 : file_of(task, (u32)from));
		size = sizeof(struct copied_file);
		head->size = head->whole = size;
		break;
	case COPY_SOCKET:
		copy_socket((struct copied_socket *)to, (s32)from < 0 ? 0 : file_of(task, (u32)from));
		size = sizeof(struct copied_socket);
		head->size = head->whole = size;
		break;
	case COPY_TASK:
	case COPY_TASK_ENV:
		size = copy_whole_task(room, c->kind == COPY_TASK_ENV);
		break;
	case COPY_ARGV:
		size = copy_argv((struct data_room *)room, from, s->compat);
		break;
	default:
		head->size = 0;
		head->whole = -1;
		break;
	}

	return sizeof *head + ((size + 7) & ~7u);
}

/* A message is two copies: its address and its bytes. */
__noinline int copy_message(struct room *room, const struct call_copy *c, const struct source *s)
{
	if (!room || !c || !s)
		return 0;
	struct copy_head *head = &room->head;
	struct message m = {};
	u64 from = value_of(s, c->arg);
	int bad;
	if (s->compat) {
		struct message32 narrow = {};
		bad = bpf_probe_read_user(&narrow, sizeof narrow, (void *)from);
		m.name = narrow.name;
		m.name_len = narrow.name_len;
		m.vectors = narrow.vectors;
		m.vector_count = narrow.vector_count;
	} else {
		bad = bpf_probe_read_user(&m, sizeof m, (void *)from);
	}

	if (bad) {
		m.name = 0;
		m.vector_count = 0;
	}

	head->kind = COPY_SOCKADDR;
	u32 size = copy_plain(head, (u8 *)(head + 1), m.name, m.name ? m.name_len : 0, MAX_SOCKADDR);
	if (size > MAX_SOCKADDR)
		size = 0;
	u32 first = sizeof *head + ((size + 7) & ~7u);

	if (first > sizeof *head + MAX_SOCKADDR)
		return 0;
	struct copy_head *second = (void *)room + first;
	second->kind = COPY_IOVEC;
	u64 limit = MAX_COPY;
	if (c->flags & COPY_TO_RESULT)
		limit = s->ret < 0 ? 0 : s->ret;
	size = copy_vectors((struct data_room *)second, m.vectors, m.vector_count, limit, s->compat);
	if (bad)
		second->whole = -1;
	if (size > MAX_COPY)
		size = 0;
	return first + sizeof *head + ((size + 7) & ~7u);
}
