/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/* Tasks, memory, files and sockets, as the kernel has them. */
#pragma once

#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define PAGE_KIB 4
#define PIDTYPE_PGID 2
#define PIDTYPE_SID 3
#define RLIMIT_NOFILE 7
#define MM_FILEPAGES 0
#define MM_ANONPAGES 1
#define MM_SWAPENTS 2
#define MM_SHMEMPAGES 3

static __always_inline u64 mm_counter(struct mm_struct *mm, const int which)
{
	/* The size of an element is the kernel's to say: an index that is no constant to the compiler would count in ours. */
	s64 pages = 0;
	if (bpf_core_field_exists(mm->rss_stat[0].count))
		bpf_probe_read_kernel(&pages, sizeof pages, (void *)__builtin_preserve_access_index(&mm->rss_stat[0].count) + which * bpf_core_type_size(struct percpu_counter));
	else
		pages = BPF_CORE_READ((struct mm_struct___counts *)mm, rss_stat.count[which].counter);
	/* Parts of the counters lie with their CPUs, so a small one can be below zero. */
	return pages > 0 ? pages : 0;
}

static __always_inline void copy_memory(struct copied_memory *out, struct task_struct *task)
{
	struct mm_struct *mm = BPF_CORE_READ(task, mm);
	__builtin_memset(out, 0, sizeof *out);
	if (!mm)
		return;
	out->size = BPF_CORE_READ(mm, total_vm) * PAGE_KIB;
	out->resident = (mm_counter(mm, MM_FILEPAGES) + mm_counter(mm, MM_ANONPAGES) + mm_counter(mm, MM_SHMEMPAGES)) * PAGE_KIB;
	out->swapped = mm_counter(mm, MM_SWAPENTS) * PAGE_KIB;
}

static __always_inline u32 pid_number(struct pid *pid, u32 level)
{
	u32 nr = 0;
	if (pid)
		bpf_probe_read_kernel(&nr, sizeof nr, (void *)__builtin_preserve_access_index(&pid->numbers[0].nr) + level * bpf_core_type_size(struct upid));
	return nr;
}

static __always_inline void copy_task(struct copied_task *out, struct task_struct *task)
{
	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	struct pid *pid = BPF_CORE_READ(task, thread_pid);
	u32 level = pid ? BPF_CORE_READ(pid, level) : 0;
	struct tty_struct *tty = BPF_CORE_READ(signal, tty);
	const struct cred *cred = BPF_CORE_READ(task, cred);

	out->tid = BPF_CORE_READ(task, pid);
	out->pid = BPF_CORE_READ(task, tgid);
	out->parent_tid = BPF_CORE_READ(task, real_parent, pid);
	out->parent_pid = BPF_CORE_READ(task, real_parent, tgid);
	out->process_group = pid_number(BPF_CORE_READ(signal, pids[PIDTYPE_PGID]), 0);
	out->session = pid_number(BPF_CORE_READ(signal, pids[PIDTYPE_SID]), 0);
	out->own_tid = pid_number(pid, level);
	out->own_pid = pid_number(BPF_CORE_READ(task, group_leader, thread_pid), level);
	out->start = BPF_CORE_READ(task, start_time);
	out->major_faults = BPF_CORE_READ(task, maj_flt);
	out->minor_faults = BPF_CORE_READ(task, min_flt);
	copy_memory(&out->memory, task);
	out->fd_limit = BPF_CORE_READ(signal, rlim[RLIMIT_NOFILE].rlim_cur);
	out->cgroup = BPF_CORE_READ(task, cgroups, dfl_cgrp, kn, id);
	out->uid = BPF_CORE_READ(cred, euid.val);
	out->gid = BPF_CORE_READ(cred, egid.val);
	out->login_uid = bpf_core_field_exists(task->loginuid) ? BPF_CORE_READ(task, loginuid.val) : (u32)-1;
	out->tty = 0;
	if (tty) {
		u32 minor = BPF_CORE_READ(tty, driver, minor_start) + BPF_CORE_READ(tty, index);
		out->tty = (minor & 0xff) | (u32)BPF_CORE_READ(tty, driver, major) << 8 | (minor & ~0xffu) << 12;
	}

	BPF_CORE_READ_INTO(&out->comm, task, comm);
	out->args_len = 0;
	out->env_len = 0;
	out->pid_level = level;
}

static __always_inline struct file *file_of(struct task_struct *task, u32 fd)
{
	struct fdtable *table = BPF_CORE_READ(task, files, fdt);
	struct file *file = 0;
	if (table && fd < BPF_CORE_READ(table, max_fds))
		bpf_probe_read_kernel(&file, sizeof file, BPF_CORE_READ(table, fd) + fd);
	return file;
}

static __always_inline void copy_file(struct copied_file *out, struct file *file)
{
	struct inode *inode = file ? BPF_CORE_READ(file, f_inode) : 0;
	out->inode = inode ? BPF_CORE_READ(inode, i_ino) : 0;
	out->device = inode ? BPF_CORE_READ(inode, i_sb, s_dev) : 0;
	out->mode = inode ? BPF_CORE_READ(inode, i_mode) : 0;
}

static __always_inline void copy_unix_path(struct copied_socket *out, struct sock *sk)
{
	struct unix_address *address = BPF_CORE_READ((struct unix_sock *)sk, addr);
	if (!address || out->path_len)
		return;
	/* The family stands in front of the path. */
	u32 len = BPF_CORE_READ(address, len) - 2;
	if (len == 0 || len > sizeof out->path)
		return;
	if (!bpf_probe_read_kernel(out->path, len, __builtin_preserve_access_index(&address->name[0].sun_path)))
		out->path_len = len;
}

static __always_inline void copy_socket(struct copied_socket *out, struct file *file)
{
	__builtin_memset(out, 0, sizeof *out);
	if (!file || (BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT) != S_IFSOCK)
		return;
	struct socket *socket = BPF_CORE_READ(file, private_data);
	struct sock *sk = BPF_CORE_READ(socket, sk);
	if (!sk)
		return;

	u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);
	out->family = family;
	out->type = BPF_CORE_READ(socket, type);
	out->protocol = BPF_CORE_READ(sk, sk_protocol);
	out->state = BPF_CORE_READ(sk, __sk_common.skc_state);
	out->queued = BPF_CORE_READ(sk, sk_ack_backlog);
	out->queue_limit = BPF_CORE_READ(sk, sk_max_ack_backlog);
	out->socket = (u64)sk;
	if (family == AF_UNIX) {
		struct sock *peer = BPF_CORE_READ((struct unix_sock *)sk, peer);
		out->peer = (u64)peer;
		copy_unix_path(out, sk);
		if (peer)
			copy_unix_path(out, peer);
		return;
	}

	if (family != AF_INET && family != AF_INET6)
		return;
	/* inet_sport and not skc_num: a raw socket's number is its protocol. */
	out->local_port = __builtin_bswap16(BPF_CORE_READ((struct inet_sock *)sk, inet_sport));
	out->remote_port = __builtin_bswap16(BPF_CORE_READ(sk, __sk_common.skc_dport));
	if (family == AF_INET) {
		u32 local = BPF_CORE_READ((struct inet_sock *)sk, inet_saddr);
		u32 remote = BPF_CORE_READ(sk, __sk_common.skc_daddr);
		__builtin_memcpy(out->local, &local, sizeof local);
		__builtin_memcpy(out->remote, &remote, sizeof remote);
	} else {
		BPF_CORE_READ_INTO(&out->local, sk, __sk_common.skc_v6_rcv_saddr);
		BPF_CORE_READ_INTO(&out->remote, sk, __sk_common.skc_v6_daddr);
	}
}
