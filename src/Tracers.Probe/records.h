/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/*
 * What the programs write and what the consumer reads. The other half of this file is
 * ../Tracers.Engine/Capture/Linux/Records: a change here is a change there, and `make check-layout` compares the two.
 *
 * A ring is a run of records, each a multiple of 8 bytes long and never cut in two. A record is a header, a fixed part
 * by its kind, and for system calls the copies that the call's row asks for, in the row's order.
 */
#pragma once

#define SNAP_DEFAULT 80u
#define MAX_COPY 4096u          /* the largest single copy: a path, a marker, argv */
#define MAX_RECORD 24576u       /* the largest record; also the spill area behind a ring */
#define MAX_COPIES 4            /* copies at one side of a call */
#define CALL_ROWS 1024          /* 64-bit callers' numbers, then those of 32-bit callers from COMPAT_ROWS on */
#define COMPAT_ROWS 512

enum record_kind {
	RECORD_ENTER = 0,
	RECORD_EXIT = 1,
	RECORD_FORK = 2,        /* a task was made; written in the parent */
	RECORD_EXEC = 3,        /* a task runs another program now */
	RECORD_TASK_EXIT = 4,   /* a task ends */
};

enum record_flags {
	RECORD_AFTER_LOSS = 1,  /* records were lost on this CPU between the one before and this one */
	RECORD_COMPAT = 2,      /* the caller is a 32-bit program: the number is one of its table, arguments have 32 bits */
	RECORD_HAS_ARGS = 4,    /* exit only: six arguments stand between the result and the copies */
};

struct record {
	u32 len;                /* whole record */
	u8 kind;
	u8 flags;
	u16 nr;                 /* number of the system call, in the caller's own table */
	u64 time;               /* CLOCK_MONOTONIC, ns */
	u32 tid, pid;           /* pid: the process, the kernel's tgid */
};                              /* 24 bytes */

struct record_enter {
	struct record h;
	u64 args[6];
	/* copies */
};                              /* 72 */

struct record_exit {
	struct record h;
	s64 ret;
	/* u64 args[6] with RECORD_HAS_ARGS; then copies */
};                              /* 32 */

struct record_fork {
	struct record h;        /* the parent */
	u32 child_tid, child_pid;
};                              /* 32 */

struct record_task_exit {
	struct record h;
	s32 status;             /* exit code in bits 8-15, signal in bits 0-6, core dumped in bit 7 */
	u32 live;               /* threads that the process still has; 0: this was the last one */
};                              /* 32 */

/* Before each copy. A copy begins at a multiple of 8 bytes; its bytes are followed by padding. */
struct copy_head {
	u16 kind;               /* enum copy_kind */
	u16 size;               /* bytes that follow */
	s32 whole;              /* bytes there were (an iovec's total, a buffer's length); -1: the memory could not be read */
};                              /* 8 */

enum copy_kind {
	COPY_NONE = 0,
	COPY_STRING,            /* arg: text up to MAX_COPY, without its NUL */
	COPY_BUFFER,            /* arg, len: up to the snaplen; a write's marker whole */
	COPY_FIXED,             /* arg: `len` bytes, all or nothing */
	COPY_SOCKADDR,          /* arg, len: up to 128 bytes */
	COPY_SOCKADDR_OUT,      /* arg, len: the argument that points to the length */
	COPY_IOVEC,             /* arg, len: number of vectors; bytes up to the snaplen, gathered */
	COPY_MSGHDR,            /* arg: two copies, COPY_SOCKADDR of its name and COPY_IOVEC of its vectors */
	COPY_SOCKET,            /* arg: a descriptor; struct copied_socket */
	COPY_POLLFDS,           /* arg, len: number of entries; struct pollfd each */
	COPY_TASK,              /* struct copied_task, then argv */
	COPY_TASK_ENV,          /* the same, then argv and the environment */
	COPY_MEMORY,            /* struct copied_memory of the caller */
	COPY_FILE,              /* arg: a descriptor; struct copied_file */
	COPY_ARGV,              /* arg: a NULL-terminated array of texts; those, each with its NUL */
};

/* Where an argument or a length comes from. */
enum copy_source {
	FROM_ARG0 = 0,          /* ... FROM_ARG5 = 5 */
	FROM_RESULT = 6,
	FROM_NOWHERE = 7,
};

struct call_copy {
	u8 kind;
	u8 arg;                 /* enum copy_source */
	u8 len;                 /* enum copy_source; of COPY_FIXED the bytes; of COPY_SOCKADDR_OUT the argument */
	u8 flags;               /* enum copy_flags */
};

enum copy_flags {
	COPY_MARKERS = 1,       /* a buffer that begins like a marker is taken whole, up to MAX_COPY */
	COPY_TO_RESULT = 2,     /* no more than the call's result: it says how much was moved */
	COPY_ON_SUCCESS = 4,    /* only where the result is not negative */
};

enum call_flags {
	CALL_ENTER = 1,         /* write a record when the call begins */
	CALL_EXIT = 2,          /* write a record when it ends */
	CALL_EXIT_ARGS = 4,     /* the exit record has the arguments */
	CALL_MARKERS_ONLY = 8,  /* no record unless the first exit copy begins like a marker */
};

struct call_row {
	u8 flags;
	u8 enter_copies, exit_copies;
	u8 unused;
	struct call_copy enter[MAX_COPIES];
	struct call_copy exit[MAX_COPIES];
};                              /* 36 */

struct copied_socket {
	u16 family;             /* 0: not a socket */
	u16 type;
	u16 local_port, remote_port;    /* host order */
	u8 local[16], remote[16];       /* network order; IPv4 in the first four */
	u64 socket, peer;       /* kernel addresses, for unix sockets: they name the two ends */
	u32 queued, queue_limit;        /* a listening socket's backlog */
	u8 protocol;            /* IPPROTO_* */
	u8 state;
	u16 path_len;           /* of a unix socket: bytes of its own path, or else of its peer's */
	u32 unused;
	char path[108];         /* begins with a NUL for an abstract name */
	u32 unused2;
};                              /* 184 */

struct copied_memory {
	u32 size, resident, swapped;    /* KiB */
	u32 unused;
};                              /* 16 */

struct copied_file {
	u64 inode;
	u32 device;             /* the kernel's dev_t: major << 20 | minor */
	u32 mode;               /* S_IFMT and permissions; 0: no such descriptor */
};                              /* 16 */

struct copied_task {
	u32 tid, pid, parent_tid, parent_pid;
	u32 process_group, session;
	u32 own_tid, own_pid;   /* as the task's own pid namespace has them */
	u64 start;              /* CLOCK_MONOTONIC ns when the task was made */
	u64 major_faults, minor_faults;
	struct copied_memory memory;
	u64 fd_limit;
	u64 cgroup;             /* id of the cgroup in the v2 hierarchy */
	u32 uid, gid;           /* effective */
	u32 login_uid;          /* 4294967295: none */
	u32 tty;                /* major << 8 | minor as in /proc/PID/stat; 0: none */
	char comm[16];
	u16 args_len;           /* bytes of argv that follow, each text with its NUL */
	u16 env_len;            /* bytes of the environment behind them */
	u32 pid_level;          /* how deep the pid namespace is nested; 0: the machine's own */
};                              /* 128 */

/* One a possible CPU, in one array map that the consumer maps. */
struct ring {
	u64 produced;           /* bytes ever written; the programs write it */
	u64 pad0[15];
	u64 consumed;           /* bytes ever taken; the consumer writes it */
	u64 pad1[15];
	u64 lost;               /* records that found no room, of those that become an event */
	u64 lost_noted;         /* how many of them a RECORD_AFTER_LOSS tells of */
	u64 busy;               /* set while a record is being written */
	u64 nested;             /* records that met a busy ring: lost as well, counted apart */
	u64 pad2[476];
	u8 data[];              /* RING bytes and MAX_RECORD more: a record that begins in the ring may run on behind it */
};                              /* data at 4096 */

/* Constants of one load; a set word that the verifier knows costs nothing. */
struct settings {
	u32 ring_bytes;         /* a power of two */
	u32 snaplen;
	u32 own_tid;            /* the consumer's thread */
	u32 filter;             /* enum filter */
	u32 count_only;         /* programs that return at once: what attaching alone costs; enum count */
	u32 unused[3];
};

enum count {
	COUNT_ONLY = 1,
	COUNT_WITH_CLOCK = 2,   /* having read the clock, as every record has to */
};

enum filter {
	FILTER_PID = 1,         /* in `pids`, with the children of what is there */
	FILTER_NAME = 2,        /* the process's comm in `names` */
	FILTER_CGROUP = 4,      /* the cgroup's id in `cgroups` */
};

/* Rows of the iterators, each with the moment it was taken. */
struct row_task {
	u64 time;
	struct copied_task task;        /* without argv */
	u32 flags;              /* the task's PF_* */
	u32 files_owner;        /* pid whose descriptors it shares; its own tid where it has a table of its own */
};                              /* 144 */

struct row_file {
	u64 time;
	u32 tid;                /* the table's owner */
	s32 fd;
	struct copied_file file;
	u32 flags;              /* O_* of the open file */
	u32 path_len;
	u64 unused;
	struct copied_socket socket;    /* family 0: not one */
	char path[1024];
};                              /* 1256 */
