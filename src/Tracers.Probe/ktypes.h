/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * The kernel's types, with the members that are read and no others: libbpf puts in each member's place on the running kernel
 * (CO-RE), so order and gaps mean nothing here. A type without CORE would keep the offsets of this file, silently.
 */
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed int s32;
typedef signed long long s64;

#define CORE __attribute__((preserve_access_index))

struct pt_regs {
	unsigned long r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di, orig_ax, ip, cs, flags, sp, ss;
} CORE;

typedef struct { int counter; } atomic_t;
typedef struct { s64 counter; } atomic64_t;
typedef struct { u32 val; } kuid_t;
typedef struct { u32 val; } kgid_t;

struct thread_info { unsigned long flags; u32 status; } CORE;
struct upid { int nr; } CORE;
struct pid { u32 level; struct upid numbers[1]; } CORE;
struct rlimit { u64 rlim_cur; u64 rlim_max; } CORE;
struct tty_driver { int major; int minor_start; } CORE;
struct tty_struct { struct tty_driver *driver; int index; } CORE;
struct signal_struct { atomic_t live; struct pid *pids[4]; struct tty_struct *tty; struct rlimit rlim[16]; } CORE;
struct cred { kuid_t euid; kgid_t egid; } CORE;
struct percpu_counter { s64 count; } CORE;
struct mm_struct {
	unsigned long total_vm, arg_start, arg_end, env_start, env_end;
	struct percpu_counter rss_stat[4];
} CORE;
/* Before 6.2. */
struct mm_rss_stat___counts { atomic64_t count[4]; } CORE;
struct mm_struct___counts { struct mm_rss_stat___counts rss_stat; } CORE;
struct kernfs_node { u64 id; } CORE;
struct cgroup { struct kernfs_node *kn; } CORE;
struct css_set { struct cgroup *dfl_cgrp; } CORE;

struct super_block { u32 s_dev; } CORE;
struct inode { u16 i_mode; u32 i_rdev; unsigned long i_ino; struct super_block *i_sb; } CORE;
struct path { void *mnt; void *dentry; } CORE;
struct file { u32 f_flags; struct path f_path; struct inode *f_inode; void *private_data; } CORE;
struct fdtable { u32 max_fds; struct file **fd; } CORE;
struct files_struct { struct fdtable *fdt; } CORE;

struct in6_addr { u8 bytes[16]; };
struct sock_common {
	u16 skc_family;
	volatile u8 skc_state;
	u32 skc_daddr, skc_rcv_saddr;
	u16 skc_dport, skc_num;
	struct in6_addr skc_v6_daddr, skc_v6_rcv_saddr;
} CORE;
struct sock { struct sock_common __sk_common; u16 sk_type; u16 sk_protocol; u32 sk_ack_backlog, sk_max_ack_backlog; } CORE;
struct inet_sock { u32 inet_saddr; u16 inet_sport; } CORE;
struct ipv6_pinfo { struct in6_addr saddr; } CORE;
struct socket { short type; struct sock *sk; } CORE;
struct sockaddr_un { char sun_path[108]; } CORE;
struct unix_address { int len; struct sockaddr_un name[1]; } CORE;
struct unix_sock { struct unix_address *addr; struct sock *peer; } CORE;

struct task_struct {
	struct thread_info thread_info;
	u32 flags;
	int pid, tgid, exit_code;
	struct task_struct *real_parent, *group_leader;
	u64 start_time, start_boottime;
	unsigned long min_flt, maj_flt;
	struct pid *thread_pid;
	const struct cred *cred;
	kuid_t loginuid;
	char comm[16];
	struct files_struct *files;
	struct signal_struct *signal;
	struct css_set *cgroups;
	struct mm_struct *mm;
} CORE;

struct linux_binprm { const char *filename; } CORE;
struct bpf_iter_meta { void *seq; u64 session_id; u64 seq_num; } CORE;
struct bpf_iter__task { struct bpf_iter_meta *meta; struct task_struct *task; } CORE;
struct bpf_iter__task_file { struct bpf_iter_meta *meta; struct task_struct *task; u32 fd; struct file *file; } CORE;
