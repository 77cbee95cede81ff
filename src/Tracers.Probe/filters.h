/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/* Whose calls are recorded. A filter that is not set is not in the loaded program. */
#pragma once

struct comm { char text[16]; };

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, u32);
	__type(value, u8);
} pids SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, struct comm);
	__type(value, u8);
} names SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, u64);
	__type(value, u8);
} cgroups SEC(".maps");

/* Of the current task. */
static __always_inline int is_recorded(struct task_struct *task)
{
	if ((u32)task->pid == settings.own_tid)
		return 0;
	if (settings.filter & FILTER_PID) {
		u32 pid = task->tgid;
		if (!bpf_map_lookup_elem(&pids, &pid))
			return 0;
	}

	if (settings.filter & FILTER_NAME) {
		/* The process's name, which a thread may have changed for itself. */
		struct comm comm = {};
		BPF_CORE_READ_STR_INTO(&comm.text, task, group_leader, comm);
		if (!bpf_map_lookup_elem(&names, &comm))
			return 0;
	}

	if (settings.filter & FILTER_CGROUP) {
		u64 id = bpf_get_current_cgroup_id();
		if (!bpf_map_lookup_elem(&cgroups, &id))
			return 0;
	}

	return 1;
}
