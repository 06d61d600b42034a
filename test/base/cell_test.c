/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "base/cell.h"
#include "base/confine.h"
#include "base/times.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a cell is asked to do here, by place in the table. */
enum {
	REVERSE,
	REFUSE,
	SPIN,
	OPEN_FILE,
	CONNECT,
	RUN_PROGRAM,
	START_PROCESS,
	MAKE_CODE,
	GROW
};

static bool
reverse(struct arena *a, struct bytes in, struct bytes *out)
{
	unsigned char *to = arena_alloc(a, in.len + 1);

	for (size_t i = 0; i < in.len; i++)
		to[i] = in.at[in.len - 1 - i];
	*out = (struct bytes){to, in.len};
	return true;
}

static bool
refuse(struct arena *a, struct bytes in, struct bytes *out)
{
	(void)a;
	*out = in;
	return false;
}

static bool
spin(struct arena *a, struct bytes in, struct bytes *out)
{
	for (volatile int i = 0;; i = (i + 1) % 1000)
		;
	return reverse(a, in, out);
}

/* Each of these would answer if it were let. */
static bool
open_file(struct arena *a, struct bytes in, struct bytes *out)
{
	(void)!open("/etc/hostname", O_RDONLY);
	return reverse(a, in, out);
}

static bool
go_outside(struct arena *a, struct bytes in, struct bytes *out)
{
	(void)!socket(AF_INET, SOCK_STREAM, 0);
	return reverse(a, in, out);
}

static bool
run_program(struct arena *a, struct bytes in, struct bytes *out)
{
	char program[] = "/bin/false", *const words[] = {program, NULL};

	syscall(SYS_execve, words[0], words, NULL);
	return reverse(a, in, out);
}

static bool
start_process(struct arena *a, struct bytes in, struct bytes *out)
{
	(void)!syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
	return reverse(a, in, out);
}

static bool
make_code(struct arena *a, struct bytes in, struct bytes *out)
{
	(void)!mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return reverse(a, in, out);
}

static bool
grow(struct arena *a, struct bytes in, struct bytes *out)
{
	for (int i = 0; i < 1024; i++)
		memset(arena_alloc(a, 1 << 20), 1, 1 << 20);
	return reverse(a, in, out);
}

static cell_task *const tasks[] = {reverse, refuse, spin, open_file, go_outside,
	run_program, start_process, make_code, grow};

struct scene {
	struct arena *arena;
	struct cell *cell;
};

static int
set_up(void **state)
{
	struct arena *a = arena_new();
	struct scene *s = arena_alloc(a, sizeof *s);

	s->arena = a;
	s->cell = cell_open(tasks, sizeof tasks / sizeof *tasks);
	assert_non_null(s->cell);
	*state = s;
	return 0;
}

static int
tear_down(void **state)
{
	struct scene *s = *state;

	cell_close(s->cell);
	arena_free(s->arena);
	return 0;
}

static bool
does(struct scene *s, int task)
{
	struct bytes out;

	return cell_run(s->cell, task, s->arena, bytes_of("abc"), &out);
}

static void
bytes_go_in_and_others_come_out(void **state)
{
	struct scene *s = *state;
	size_t n = 3000000;
	unsigned char *large = arena_alloc(s->arena, n);
	struct bytes out;

	assert_true(cell_run(s->cell, REVERSE, s->arena, bytes_of("desk"), &out));
	assert_true(bytes_equal(out, bytes_of("ksed")));
	assert_true(cell_run(s->cell, REVERSE, s->arena, bytes_of(""), &out));
	assert_int_equal(out.len, 0);
	for (size_t i = 0; i < n; i++)
		large[i] = (unsigned char)(i * 7);
	assert_true(cell_run(s->cell, REVERSE, s->arena, (struct bytes){large, n}, &out));
	assert_int_equal(out.len, n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(out.at[i], large[n - 1 - i]);
	assert_false(does(s, REFUSE));
}

static void
whatever_else_it_tries_ends_it_alone(void **state)
{
	struct scene *s = *state;

	for (int task = OPEN_FILE; task <= MAKE_CODE; task++) {
		assert_false(does(s, task));
		assert_true(does(s, REVERSE));
	}
}

static void
time_and_memory_are_bounded(void **state)
{
	struct scene *s = *state;
	int64_t began = times_now_ms();

	assert_false(does(s, SPIN));
	assert_true(times_now_ms() - began < 60000);
#if !defined(__SANITIZE_ADDRESS__)
	assert_false(does(s, GROW));
#endif
	assert_true(does(s, REVERSE));
}

static void *
run_many(void *state)
{
	struct scene *s = state;
	struct arena *a = arena_new();
	intptr_t right = 0;

	for (int i = 0; i < 20; i++) {
		const char *text = arena_printf(a, "%d-%p", i, (void *)&i);
		struct bytes out, back;

		right += cell_run(s->cell, REVERSE, a, bytes_of(text), &out) &&
			 cell_run(s->cell, REVERSE, a, out, &back) &&
			 bytes_equal(back, bytes_of(text));
	}
	arena_free(a);
	return (void *)right;
}

static void
many_threads_may_use_it(void **state)
{
	pthread_t threads[4];
	void *right;

	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, run_many, *state), 0);
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], &right);
		assert_int_equal((intptr_t)right, 20);
	}
}

/* Of what a server may not do, what it was told: in a process of its own, for there is no
 * way back. */
static int
try_as_server(void)
{
	char program[] = "/bin/false", *const words[] = {program, NULL};

	if (!confine_server())
		return 1;
	if (execve(words[0], words, NULL) == 0 || errno != EPERM)
		return 2;
#if !defined(__SANITIZE_ADDRESS__)
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 || errno != EPERM)
		return 3;
#endif
	if (socket(AF_INET, SOCK_STREAM, 0) < 0)
		return 4;
	return 0;
}

static void
a_server_can_start_no_program(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0)
		_exit(try_as_server());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_go_in_and_others_come_out),
		cmocka_unit_test(whatever_else_it_tries_ends_it_alone),
		cmocka_unit_test(time_and_memory_are_bounded),
		cmocka_unit_test(many_threads_may_use_it),
		cmocka_unit_test(a_server_can_start_no_program),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
