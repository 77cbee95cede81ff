/* SPDX-License-Identifier: (MIT OR GPL-2.0) */
/* The tasks and descriptors that are there when a capture begins, each with the moment at which it was so. */
#pragma once

SEC("iter/task")
int each_task(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	if (!task)
		return 0;
	struct row_task row = {};
	struct task_struct *leader = task->group_leader;
	row.time = bpf_ktime_get_ns();
	copy_task(&row.task, task);
	row.flags = task->flags;
	row.files_owner = task->files && task->files == leader->files ? leader->pid : task->pid;
	bpf_seq_write(ctx->meta->seq, &row, sizeof row);
	return 0;
}

/* Too large for the stack. Iterators run one at a time on a CPU. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct row_file);
} file_row SEC(".maps");

SEC("iter/task_file")
int each_file(struct bpf_iter__task_file *ctx)
{
	struct task_struct *task = ctx->task;
	struct file *file = ctx->file;
	u32 zero = 0;
	struct row_file *row = bpf_map_lookup_elem(&file_row, &zero);
	if (!task || !file || !row)
		return 0;
	row->time = bpf_ktime_get_ns();
	row->tid = task->pid;
	row->fd = ctx->fd;
	row->flags = file->f_flags;
	row->unused = 0;
	copy_file(&row->file, file);
	copy_socket(&row->socket, file);
	row->path[0] = 0;
	/* Negative where the path is longer than there is room. */
	long n = bpf_d_path(&file->f_path, row->path, sizeof row->path);
	row->path_len = n > 0 ? n - 1 : 0;
	bpf_seq_write(ctx->meta->seq, row, sizeof *row);
	return 0;
}
