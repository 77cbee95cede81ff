/* What the tests of live captures let run: `workload NAME [ARGUMENT]` makes known system calls, in the folder that it is started in. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char s_buffer[65536];

/* What must not fail: a workload that did something else than the test expects would prove nothing. */
static long must(long result, int line)
{
	if (result < 0) {
		fprintf(stderr, "workload.c:%d: %s\n", line, strerror(errno));
		exit(3);
	}

	return result;
}

#define MUST(call) must((long)(call), __LINE__)

static void write_text(int fd, const char *text)
{
	MUST(write(fd, text, strlen(text)));
}

/* Lets the test know that it has come so far, and waits until the test says go on. */
static void meet(void)
{
	write_text(1, "ready\n");
	if (read(0, s_buffer, 1) != 1)
		exit(4);
}

static int null_device(void)
{
	return MUST(open("/dev/null", O_WRONLY | O_CLOEXEC));
}

static void files(int rounds)
{
	for (int i = 0; i < rounds; i++) {
		int fd = MUST(open("data", O_RDWR | O_CREAT | O_TRUNC, 0644));
		MUST(write(fd, s_buffer, 1000));
		MUST(lseek(fd, 0, SEEK_SET));
		MUST(read(fd, s_buffer, 600));
		MUST(read(fd, s_buffer, 600));
		MUST(close(fd));
	}

	MUST(unlink("data"));
}

static void stat_and_more(void)
{
	struct stat status;
	int fd = MUST(open("attributes", O_RDWR | O_CREAT, 0600));
	MUST(fstat(fd, &status));
	MUST(stat("attributes", &status));
	MUST(lstat("attributes", &status));
	MUST(fchmod(fd, 0640));
	MUST(chmod("attributes", 0600));
	MUST(ftruncate(fd, 4096));
	MUST(fsync(fd));
	MUST(access("attributes", R_OK));
	MUST(rename("attributes", "renamed"));
	MUST(close(fd));
	MUST(unlink("renamed"));
}

/* A chain of three children with pipes between them; the last one runs a shell with a pipeline of its own. */
static void processes(void)
{
	int in[2], out[2];
	MUST(pipe(in));
	MUST(pipe2(out, O_CLOEXEC));
	pid_t first = MUST(fork());
	if (first == 0) {
		pid_t second = MUST(fork());
		if (second == 0) {
			write_text(in[1], "from the grandchild");
			_exit(7);
		}

		int status;
		MUST(waitpid(second, &status, 0));
		_exit(WEXITSTATUS(status));
	}

	MUST(waitpid(first, NULL, 0));
	MUST(read(in[0], s_buffer, sizeof s_buffer));
	pid_t shell = MUST(vfork());
	if (shell == 0) {
		execl("/bin/sh", "sh", "-c", "echo one two three | cat | tr a-z A-Z | wc -c >/dev/null; exit 5", NULL);
		_exit(127);
	}

	MUST(waitpid(shell, NULL, 0));
}

static void brief(int children, int milliseconds)
{
	struct timespec pause = { 0, milliseconds * 1000000L / (children > 0 ? children : 1) };
	for (int i = 0; i < children; i++) {
		pid_t child = MUST(fork());
		if (child == 0) {
			if (i % 3 == 0)
				execl("/bin/true", "true", NULL);
			_exit(i & 127);
		}

		MUST(waitpid(child, NULL, 0));
		nanosleep(&pause, NULL);
	}
}

static socklen_t loopback(struct sockaddr_storage *address, int family)
{
	memset(address, 0, sizeof *address);
	if (family == AF_INET) {
		struct sockaddr_in *v4 = (void *)address;
		v4->sin_family = AF_INET;
		v4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		return sizeof *v4;
	}

	struct sockaddr_in6 *v6 = (void *)address;
	v6->sin6_family = AF_INET6;
	v6->sin6_addr = in6addr_loopback;
	return sizeof *v6;
}

static void streams(int family)
{
	struct sockaddr_storage address, peer;
	socklen_t length = loopback(&address, family), peer_length = sizeof peer;
	int listener = socket(family, SOCK_STREAM, 0);
	if (listener < 0 || bind(listener, (void *)&address, length) < 0)
		return;         /* a machine without IPv6 */
	MUST(listen(listener, 5));
	MUST(getsockname(listener, (void *)&address, &length));
	pid_t child = MUST(fork());
	if (child == 0) {
		int client = MUST(socket(family, SOCK_STREAM, 0));
		MUST(connect(client, (void *)&address, length));
		MUST(write(client, "GET / HTTP/1.0\r\n\r\n", 18));
		while (MUST(read(client, s_buffer, sizeof s_buffer)) > 0)
			continue;
		MUST(close(client));
		_exit(0);
	}

	int server = MUST(accept(listener, (void *)&peer, &peer_length));
	MUST(recv(server, s_buffer, sizeof s_buffer, 0));
	MUST(send(server, s_buffer, 3000, 0));
	struct iovec parts[2] = { { s_buffer, 100 }, { s_buffer + 100, 50 } };
	MUST(writev(server, parts, 2));
	MUST(shutdown(server, SHUT_WR));
	MUST(close(server));
	MUST(close(listener));
	MUST(waitpid(child, NULL, 0));
}

static void datagrams(int family)
{
	struct sockaddr_storage address, peer;
	socklen_t length = loopback(&address, family), peer_length = sizeof peer;
	int receiver = socket(family, SOCK_DGRAM, 0);
	if (receiver < 0 || bind(receiver, (void *)&address, length) < 0)
		return;
	MUST(getsockname(receiver, (void *)&address, &length));
	int sender = MUST(socket(family, SOCK_DGRAM, 0));
	MUST(sendto(sender, "question", 8, 0, (void *)&address, length));
	MUST(recvfrom(receiver, s_buffer, sizeof s_buffer, 0, (void *)&peer, &peer_length));
	MUST(connect(sender, (void *)&address, length));
	MUST(send(sender, "second", 6, 0));
	struct iovec part = { s_buffer, 100 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_name = &peer, .msg_namelen = sizeof peer };
	MUST(recvmsg(receiver, &message, 0));
	message.msg_name = NULL;
	message.msg_namelen = 0;
	part.iov_len = 33;
	MUST(sendmsg(sender, &message, 0));
	part.iov_len = 100;
	MUST(recvmsg(receiver, &message, 0));
	MUST(close(sender));
	MUST(close(receiver));
}

static void local_sockets(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "socket" };
	int listener = MUST(socket(AF_UNIX, SOCK_STREAM, 0));
	MUST(bind(listener, (void *)&address, sizeof address));
	MUST(listen(listener, 5));
	int client = MUST(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
	MUST(connect(client, (void *)&address, sizeof address));
	int server = MUST(accept4(listener, NULL, NULL, SOCK_CLOEXEC));
	MUST(write(client, "hello", 5));
	MUST(read(server, s_buffer, 100));
	MUST(close(client));
	MUST(close(server));
	MUST(close(listener));
	MUST(unlink("socket"));

	int pair[2];
	MUST(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair));
	MUST(send(pair[0], "pair", 4, 0));
	MUST(recv(pair[1], s_buffer, 100, 0));
	MUST(close(pair[0]));
	MUST(close(pair[1]));
}

static void sockets(void)
{
	streams(AF_INET);
	streams(AF_INET6);
	datagrams(AF_INET);
	datagrams(AF_INET6);
	local_sockets();
}

static void transfers(void)
{
	int source = MUST(open("source", O_RDWR | O_CREAT | O_TRUNC, 0644));
	int target = MUST(open("target", O_RDWR | O_CREAT | O_TRUNC, 0644));
	int ends[2];
	MUST(pipe(ends));
	MUST(write(source, s_buffer, 8192));
	off_t at = 0;
	MUST(sendfile(target, source, &at, 5000));
	MUST(lseek(source, 0, SEEK_SET));
	MUST(sendfile(target, source, NULL, 1000));
	loff_t from = 0, to = 100;
	MUST(splice(source, &from, ends[1], NULL, 3000, 0));
	MUST(splice(ends[0], NULL, target, &to, 3000, 0));
	from = to = 0;
	MUST(copy_file_range(source, &from, target, &to, 2000, 0));
	struct iovec parts[3] = { { s_buffer, 10 }, { s_buffer + 10, 20 }, { s_buffer + 30, 30 } };
	MUST(writev(target, parts, 3));
	MUST(lseek(source, 0, SEEK_SET));
	MUST(readv(source, parts, 3));
	MUST(preadv(source, parts, 2, 100));
	MUST(pwritev(target, parts, 2, 100));
	MUST(preadv2(source, parts, 3, 5, 0));
	MUST(pwritev2(target, parts, 3, 5, 0));
	MUST(pread(source, s_buffer, 123, 7));
	MUST(pwrite(target, s_buffer, 321, 9));
	struct iovec page = { s_buffer, 4096 };
	MUST(vmsplice(ends[1], &page, 1, 0));
	MUST(read(ends[0], s_buffer, 4096));
	MUST(close(source));
	MUST(close(target));
	MUST(unlink("source"));
	MUST(unlink("target"));
}

static void failures(void)
{
	struct stat status;
	struct sockaddr_storage nobody;
	socklen_t length = loopback(&nobody, AF_INET);
	((struct sockaddr_in *)&nobody)->sin_port = htons(1);
	(void)!open("no such file", O_RDONLY);
	(void)!open("/proc/version/below", O_RDONLY);
	(void)!open((char *)1, O_RDONLY);
	(void)!openat(999, "relative", O_RDONLY);
	(void)!read(999, s_buffer, 10);
	(void)!write(999, s_buffer, 10);
	(void)!pread(999, s_buffer, 10, 0);
	(void)!syscall(SYS_writev, 999, 1, 3);
	(void)!close(999);
	(void)!dup(999);
	(void)!fcntl(999, F_GETFD);
	(void)!chdir("no such folder");
	(void)!mkdir("/", 0700);
	(void)!rmdir("no such folder");
	(void)!unlink("no such file");
	(void)!rename("no such file", "other");
	(void)!link("no such file", "other");
	(void)!symlink("x", "/");
	(void)!stat("no such file", &status);
	(void)!lseek(999, 0, SEEK_SET);
	(void)!kill(0x7ffffff0, 0);
	(void)!execl("/no/such/program", "program", "argument", NULL);
	(void)!execl("/dev/null", "null", NULL);
	(void)!socket(999, 999, 999);
	(void)!sendto(999, s_buffer, 5, 0, NULL, 0);
	int tcp = MUST(socket(AF_INET, SOCK_STREAM, 0));
	(void)!connect(tcp, (void *)&nobody, length);
	(void)!listen(999, 1);
	(void)!accept(tcp, NULL, NULL);
	MUST(close(tcp));
	int waiting[2];
	MUST(pipe2(waiting, O_NONBLOCK));
	(void)!read(waiting[0], s_buffer, 10);
	MUST(close(waiting[0]));
	MUST(close(waiting[1]));
	syscall(-1);
	syscall(9999);
}

struct shared { int fd; pthread_barrier_t at; };

static void *reader(void *argument)
{
	struct shared *shared = argument;
	pthread_barrier_wait(&shared->at);
	MUST(pread(shared->fd, s_buffer, 100, 0));
	pthread_barrier_wait(&shared->at);
	return NULL;
}

/* One thread opens, others read, the first one closes and opens again, others read the new one by the same number. */
static void threads(void)
{
	for (int round = 0; round < 3; round++) {
		struct shared shared;
		pthread_t others[3];
		pthread_barrier_init(&shared.at, NULL, 4);
		for (int i = 0; i < 3; i++)
			pthread_create(&others[i], NULL, reader, &shared);
		shared.fd = MUST(open(round == 1 ? "/proc/version" : "/etc/passwd", O_RDONLY));
		pthread_barrier_wait(&shared.at);
		pthread_barrier_wait(&shared.at);
		for (int i = 0; i < 3; i++)
			pthread_join(others[i], NULL);
		MUST(close(shared.fd));
	}
}

static void descriptors(void)
{
	int fd = MUST(open("copies", O_RDWR | O_CREAT, 0644));
	int second = MUST(dup(fd));
	MUST(dup2(fd, 40));
	MUST(dup3(fd, 41, O_CLOEXEC));
	int third = MUST(fcntl(fd, F_DUPFD, 50)), fourth = MUST(fcntl(fd, F_DUPFD_CLOEXEC, 60));
	MUST(close(fd));
	MUST(write(second, s_buffer, 1));
	MUST(write(40, s_buffer, 2));
	MUST(write(41, s_buffer, 3));
	MUST(write(third, s_buffer, 4));
	MUST(write(fourth, s_buffer, 5));
	MUST(fcntl(third, F_SETFL, O_NONBLOCK));
	MUST(fcntl(third, F_GETFL));
	MUST(fcntl(third, F_SETFD, FD_CLOEXEC));
	MUST(fcntl(third, F_GETFD));
	struct flock lock = { .l_type = F_WRLCK };
	MUST(fcntl(third, F_SETLK, &lock));
	MUST(dup2(second, 40));
	(void)!dup2(40, 40);
	/* A child has them all but shares none. */
	pid_t child = MUST(fork());
	if (child == 0) {
		MUST(close(second));
		MUST(write(40, s_buffer, 6));
		_exit(0);
	}

	MUST(waitpid(child, NULL, 0));
	MUST(write(second, s_buffer, 7));
	int events = MUST(epoll_create1(EPOLL_CLOEXEC)), counter = MUST(eventfd(0, 0));
	struct epoll_event event = { .events = EPOLLIN };
	MUST(epoll_ctl(events, EPOLL_CTL_ADD, counter, &event));
	MUST(epoll_wait(events, &event, 1, 1));
	struct pollfd polled = { counter, POLLIN, 0 };
	MUST(poll(&polled, 1, 1));
	MUST(unlink("copies"));
}

static void directories(void)
{
	MUST(mkdir("upper", 0755));
	MUST(chdir("upper"));
	MUST(mkdir("lower", 0755));
	int fd = MUST(open("file", O_RDWR | O_CREAT, 0644));
	MUST(write(fd, s_buffer, 10));
	MUST(close(fd));
	int folder = MUST(open("lower", O_RDONLY | O_DIRECTORY));
	fd = MUST(openat(folder, "inner", O_RDWR | O_CREAT, 0644));
	MUST(write(fd, s_buffer, 20));
	MUST(close(fd));
	fd = MUST(openat(folder, "../file", O_RDONLY));
	MUST(read(fd, s_buffer, 20));
	MUST(close(fd));
	MUST(fchdir(folder));
	fd = MUST(open("./inner", O_RDONLY));
	MUST(read(fd, s_buffer, 30));
	MUST(close(fd));
	MUST(mkdirat(folder, "third", 0700));
	MUST(symlinkat("inner", folder, "link"));
	MUST(linkat(folder, "inner", folder, "hard", 0));
	MUST(renameat(folder, "hard", folder, "harder"));
	MUST(unlinkat(folder, "harder", 0));
	MUST(unlinkat(folder, "link", 0));
	MUST(unlinkat(folder, "third", AT_REMOVEDIR));
	MUST(unlink("inner"));
	MUST(chdir(".."));
	MUST(unlink("file"));
	MUST(rmdir("lower"));
	MUST(chdir(".."));
	MUST(rmdir("upper"));
	MUST(close(folder));
}

/* Counted to the call and to the byte by a test: what else the program does is the start of every program. */
static void known(int calls)
{
	int fd = MUST(open("known", O_RDWR | O_CREAT | O_TRUNC, 0644));
	for (int i = 0; i < calls; i++) {
		syscall(SYS_getppid);
		MUST(write(fd, s_buffer, i % 200));
	}

	for (int i = 0; i < calls; i++)
		MUST(pread(fd, s_buffer, 100, i));
	for (int i = 0; i < calls / 10; i++) {
		(void)!open("no such file", O_RDONLY);
		MUST(lseek(fd, 0, SEEK_SET));
		struct iovec parts[2] = { { s_buffer, i }, { s_buffer, 10 } };
		MUST(writev(fd, parts, 2));
	}

	MUST(close(fd));
	MUST(unlink("known"));
}

static void flood(int calls)
{
	int null = null_device();
	meet();
	for (int i = 0; i < calls; i++)
		write(null, s_buffer, 1);
	meet();
}

/* What is on the descriptor was opened, and the first marker written, before anybody records. */
static void early(void)
{
	int null = MUST(open("/dev/null", O_RDWR)), copy = MUST(dup(null));
	write_text(null, ">:900:begun.before::");
	meet();
	write_text(null, ">:901:early::");
	MUST(pread(MUST(open("/etc/passwd", O_RDONLY)), s_buffer, 20, 0));
	write_text(copy, "<:901:early::");
	write_text(null, "<:900:begun.before::");
	pid_t child = MUST(fork());
	if (child == 0) {
		write_text(copy, ">:902:inherited::");
		MUST(pread(MUST(open("/etc/passwd", O_RDONLY)), s_buffer, 30, 0));
		execl("/bin/sh", "sh", "-c", "head -c 41 /etc/passwd >/dev/null; printf '<:902:inherited::' >&3", NULL);
		_exit(127);
	}

	MUST(waitpid(child, NULL, 0));
}

static void *mark(void *argument)
{
	long thread = (long)argument;
	int null = null_device(), file = MUST(open("/etc/passwd", O_RDONLY));
	for (int i = 0; i < 50; i++) {
		char text[64];
		snprintf(text, sizeof text, ">:%ld:worker.number%ld::", 1000 * thread + i, thread);
		write_text(null, text);
		MUST(pread(file, s_buffer, thread, 0));
		text[0] = '<';
		write_text(null, text);
	}

	MUST(close(file));
	MUST(close(null));
	return NULL;
}

static void marks(void)
{
	int null = null_device();
	/* 4000 bytes: an id, a tag, one argument and many tags. */
	static char text[4001];
	int used = snprintf(text, sizeof text, ">:910:long");
	while (used < 2000)
		used += snprintf(text + used, sizeof text - used, ".tag%d", used);
	used += snprintf(text + used, sizeof text - used, ":argument=");
	memset(text + used, 'v', 3999 - used);
	text[3999] = ':';
	MUST(write(null, text, 4000));
	text[0] = '<';
	MUST(write(null, text, 4000));

	write_text(null, ">:911:two.par");
	write_text(null, "ts:which=second:");
	write_text(null, "<:911:two.parts::");
	MUST(pwrite(null, ">:912:by.pwrite::", 17, 0));
	MUST(pwrite(null, "<:912:by.pwrite::", 17, 99));
	MUST(pwrite(null, "=:912:::", 8, 0));
	struct iovec parts[2] = { { ">:913:by.", 9 }, { "writev::", 8 } };
	MUST(writev(null, parts, 2));
	write_text(null, "<:913:by.writev::");

	pthread_t others[4];
	for (long i = 0; i < 4; i++)
		pthread_create(&others[i], NULL, mark, (void *)(i + 1));
	for (int i = 0; i < 4; i++)
		pthread_join(others[i], NULL);
}

/* What looks like a marker and is to be flagged as one or not. */
static void flags(void)
{
	int null = null_device(), other = MUST(open("/dev/zero", O_WRONLY)), file = MUST(open("marker like", O_RDWR | O_CREAT, 0600));
	write_text(null, ">:920:flagged::");
	write_text(null, "<:920:flagged::");
	write_text(null, "[\">\", 921, [\"flagged\"], []]");
	write_text(null, "[\"<\", 921, [\"flagged\"], []]");
	write_text(null, "=:920:::");
	write_text(null, "plain");
	write_text(other, ">:922:zero::");
	write_text(file, ">:922:file::");
	write_text(file, "<:922:file::");
	(void)!write(999, ">:922:unknown::", 15);
	MUST(pwrite(file, "[1]", 3, 0));
	MUST(unlink("marker like"));
	/* The number of what was /dev/null is another file now, and the other way round. */
	MUST(dup2(file, null));
	write_text(null, ">:923:was.null::");
	int again = null_device();
	MUST(dup2(again, file));
	write_text(file, ">:924:is.null::");
	write_text(file, "<:924:is.null::");
}

/* Reads and writes of files and sockets inside of spans, nested ones too. */
static void spans(void)
{
	int null = null_device(), file = MUST(open("span data", O_RDWR | O_CREAT | O_TRUNC, 0600)), pair[2];
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	for (int i = 0; i < 20; i++) {
		write_text(null, ">:930:request::");
		MUST(pwrite(file, s_buffer, 500, 0));
		write_text(null, ">:930:request.send::");
		MUST(write(pair[0], s_buffer, 300));
		MUST(read(pair[1], s_buffer, 1000));
		off_t at = 0;
		MUST(sendfile(pair[0], file, &at, 70));
		write_text(null, "<:930:request.send::");
		MUST(pread(file, s_buffer, 40, 0));
		write_text(null, "<:930:request::");
		MUST(read(pair[1], s_buffer, 1000));
	}

	MUST(unlink("span data"));
}

/* A child from before, and one from after the capture's beginning, each of which makes calls of its own. */
static void family(void)
{
	int go[2];
	MUST(pipe(go));
	pid_t before = MUST(fork());
	if (before == 0) {
		MUST(read(go[0], s_buffer, 1));
		for (int i = 0; i < 11; i++)
			syscall(SYS_getppid);
		_exit(0);
	}

	meet();
	MUST(write(go[1], "x", 1));
	MUST(waitpid(before, NULL, 0));
	pid_t after = MUST(fork());
	if (after == 0) {
		for (int i = 0; i < 13; i++)
			syscall(SYS_getppid);
		_exit(0);
	}

	MUST(waitpid(after, NULL, 0));
	for (int i = 0; i < 17; i++)
		syscall(SYS_getppid);
}

static void waiting(void (*work)(void))
{
	meet();
	work();
}

int main(int count, char **arguments)
{
	static const struct { const char *name; void (*work)(void); } s_plain[] = {
		{ "attributes", stat_and_more }, { "processes", processes }, { "sockets", sockets }, { "transfers", transfers },
		{ "failures", failures }, { "threads", threads }, { "descriptors", descriptors }, { "directories", directories },
		{ "early", early }, { "marks", marks }, { "flags", flags }, { "spans", spans }, { "family", family },
	};
	const char *name = count > 1 ? arguments[1] : "";
	int number = count > 2 ? atoi(arguments[2]) : 0;
	if (strcmp(name, "files") == 0)
		return files(number), 0;
	if (strcmp(name, "brief") == 0)
		return brief(number, 1000), 0;
	if (strcmp(name, "known") == 0)
		return known(number), 0;
	if (strcmp(name, "flood") == 0)
		return flood(number), 0;
	int wait = count > 2 && strcmp(arguments[2], "wait") == 0;
	for (unsigned i = 0; i < sizeof s_plain / sizeof *s_plain; i++) {
		if (strcmp(name, s_plain[i].name) == 0) {
			if (wait)
				waiting(s_plain[i].work);
			else
				s_plain[i].work();
			return 0;
		}
	}

	fprintf(stderr, "There is no workload '%s'.\n", name);
	return 2;
}
