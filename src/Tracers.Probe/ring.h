/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * One ring a CPU, written in place: no lock, no reservation, no copy. A record counts once `produced` says so, and until then
 * it can be given up by doing nothing.
 */
#pragma once

const volatile struct settings settings = {};

/* The consumer sets the size of the value and the number of CPUs before it loads this. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(u32));
	__uint(value_size, 4096 + 65536 + MAX_RECORD);
} rings SEC(".maps");

struct writer {
	struct ring *ring;
	u64 produced;
	u8 after_loss;
};

/* Room for one record of any size; 0 where there is none, which is counted if the record becomes an event. */
static __always_inline void *ring_begin(struct writer *w, u64 events)
{
	u32 cpu = bpf_get_smp_processor_id();
	struct ring *r = bpf_map_lookup_elem(&rings, &cpu);
	if (!r)
		return 0;

	volatile u64 *busy = &r->busy, *produced = &r->produced, *consumed = &r->consumed, *lost = &r->lost;
	if (*busy) {
		/* One program in the middle of another: not on kernels up to 6.18, but they are moving. `lost` is the other one's to count. */
		__sync_fetch_and_add(&r->nested, events);
		return 0;
	}

	*busy = 1;
	barrier();
	w->ring = r;
	w->produced = *produced;
	if (settings.ring_bytes - (w->produced - *consumed) < MAX_RECORD) {
		*lost += events;
		barrier();
		*busy = 0;
		return 0;
	}

	w->after_loss = *lost != r->lost_noted ? RECORD_AFTER_LOSS : 0;
	return r->data + (w->produced & (settings.ring_bytes - 1));
}

static __always_inline void ring_give_up(struct writer *w)
{
	barrier();
	*(volatile u64 *)&w->ring->busy = 0;
}

/* Makes the record count. x86 keeps the order of stores; an arm64 build needs a real barrier in front of `produced`. */
static __always_inline void ring_end(struct writer *w, struct record *h, u32 len)
{
	len = (len + 7) & ~7u;
	h->len = len;
	if (w->after_loss)
		w->ring->lost_noted = w->ring->lost;
	barrier();
	*(volatile u64 *)&w->ring->produced = w->produced + len;
	barrier();
	*(volatile u64 *)&w->ring->busy = 0;
}

static __always_inline void fill_header(struct writer *w, struct record *h, u8 kind, u8 flags, u32 nr, struct task_struct *task)
{
	h->kind = kind;
	h->flags = flags | w->after_loss;
	h->nr = nr;
	h->time = bpf_ktime_get_ns();
	h->tid = task->pid;
	h->pid = task->tgid;
}
