/* What is traced when a tracer's cost is measured.
 *
 *   calls cost COUNT           three loops of COUNT calls; prints the CPU time (ns) of one getppid, one write of a byte to
 *                              /dev/null and one pread of 100 bytes
 *   calls flood KIND COUNT     COUNT calls of one kind: getppid, write or pread
 *   calls pace RATE SECONDS    RATE calls a second of all three kinds, evenly; prints how many there were
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { KINDS = 3, SLICES_A_SECOND = 1000 };
static const char *const names[KINDS] = { "getppid", "write", "pread" };
static int null, file;
static char buffer[100];

static long long time_of(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return t.tv_sec * 1000000000ll + t.tv_nsec;
}

static void make(int kind, long count)
{
	for (long i = 0; i < count; i++) {
		if (kind == 0)
			syscall(SYS_getppid);
		else if (kind == 1)
			syscall(SYS_write, null, "x", 1);
		else
			syscall(SYS_pread64, file, buffer, sizeof buffer, 0);
	}
}

static void pace(long rate, long seconds)
{
	long made = 0, all = rate * seconds;
	long long start = time_of(CLOCK_MONOTONIC);
	while (made < all) {
		long long due = (time_of(CLOCK_MONOTONIC) - start) * rate / 1000000000ll;
		if (due > all)
			due = all;
		for (; made + KINDS <= due; made += KINDS)
			for (int kind = 0; kind < KINDS; kind++)
				make(kind, 1);
		if (all - made < KINDS)
			break;
		struct timespec slice = { 0, 1000000000 / SLICES_A_SECOND };
		nanosleep(&slice, 0);
	}

	printf("%ld\n", made);
}

int main(int count, char **values)
{
	null = open("/dev/null", O_WRONLY);
	file = open(values[0], O_RDONLY);
	if (null < 0 || file < 0 || count < 3)
		return 2;
	if (!strcmp(values[1], "cost")) {
		long calls = atol(values[2]);
		for (int kind = 0; kind < KINDS; kind++) {
			long long before = time_of(CLOCK_THREAD_CPUTIME_ID);
			make(kind, calls);
			printf("%.1f ", (double)(time_of(CLOCK_THREAD_CPUTIME_ID) - before) / calls);
		}

		puts("");
		return 0;
	}

	if (count < 4)
		return 2;
	if (!strcmp(values[1], "pace")) {
		pace(atol(values[2]), atol(values[3]));
		return 0;
	}

	for (int kind = 0; kind < KINDS; kind++)
		if (!strcmp(values[2], names[kind]))
			make(kind, atol(values[3]));
	return 0;
}
