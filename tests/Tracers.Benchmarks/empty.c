/* Attaches the probe's own pair of programs in a form that returns at once: what no tracer of all system calls can be below.
 *
 *   empty OBJECT           says "attached", and detaches when its standard input ends
 *   empty OBJECT clock     the same with programs that read the clock first, as every record has to
 */
#include <stdio.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int s32;
typedef long long s64;
#include "../../src/Tracers.Probe/records.h"

enum { RING = 65536 };

static struct bpf_link *attach(struct bpf_object *object, const char *name)
{
	struct bpf_program *program = bpf_object__find_program_by_name(object, name);
	return program ? bpf_program__attach(program) : 0;
}

int main(int count, char **values)
{
	struct settings settings = { .ring_bytes = RING, .snaplen = SNAP_DEFAULT, .count_only = count == 3 ? COUNT_WITH_CLOCK : COUNT_ONLY };
	struct bpf_object *object = count == 2 || count == 3 ? bpf_object__open_file(values[1], 0) : 0;
	if (!object)
		return 2;
	struct bpf_map *rings = bpf_object__find_map_by_name(object, "rings");
	bpf_map__set_value_size(rings, sizeof(struct ring) + RING + MAX_RECORD);
	bpf_map__set_max_entries(rings, libbpf_num_possible_cpus());
	if (bpf_map__set_initial_value(bpf_object__find_map_by_name(object, ".rodata"), &settings, sizeof settings))
		return 2;
	if (bpf_object__load(object))
		return 1;
	struct bpf_link *exits = attach(object, "on_exit"), *enters = attach(object, "on_enter");
	if (!exits || !enters)
		return 1;
	puts("attached");
	fflush(stdout);
	while (getchar() != EOF)
		;
	bpf_link__destroy(enters);
	bpf_link__destroy(exits);
	bpf_object__close(object);
	return 0;
}
