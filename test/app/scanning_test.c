/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/scanning.h"

#include "app/clamd.h"
#include "desk/intake.h"
#include "testing_door.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LARGEST = 1024 * 1024 };

/* A clamd that finds what holds "EVIL", speaking its protocol and nothing else. */
static struct {
	int fd, port;
	pthread_t thread;
	const char *instead; /* said whatever came; NULL: the truth */
	size_t bytes;	     /* of the last stream */
} there;

static bool
take(int fd, void *at, size_t n)
{
	return recv(fd, at, n, MSG_WAITALL) == (ssize_t)n;
}

static bool
take_stream(int fd, struct buffer *b)
{
	char command[10];
	uint32_t length;

	if (!take(fd, command, sizeof command) ||
		memcmp(command, "zINSTREAM", sizeof command) != 0)
		return false;
	while (take(fd, &length, sizeof length)) {
		length = ntohl(length);
		if (length == 0)
			return true;
		if (length > LARGEST || !take(fd, buffer_room(b, length), length))
			return false;
		b->len += length;
	}
	return false;
}

static void *
serve(void *context)
{
	int fd;

	(void)context;
	while ((fd = accept(there.fd, NULL, NULL)) >= 0) {
		struct arena *a = arena_new();
		struct buffer b = buffer_in(a, 0);
		const char *answer = "stream: OK";

		if (take_stream(fd, &b)) {
			there.bytes = b.len;
			if (memmem(b.at, b.len, "EVIL", 4))
				answer = "stream: Test.Evil-1 FOUND";
			if (there.instead)
				answer = there.instead;
			(void)!send(fd, answer, strlen(answer) + 1, MSG_NOSIGNAL);
		}
		close(fd);
		arena_free(a);
	}
	return NULL;
}

static struct testing_door *door;

static int
begin(void **state)
{
	struct sockaddr_in at = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof at;

	(void)state;
	there.fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(there.fd, (struct sockaddr *)&at, n), 0);
	assert_int_equal(listen(there.fd, 8), 0);
	getsockname(there.fd, (struct sockaddr *)&at, &n);
	there.port = ntohs(at.sin_port);
	assert_int_equal(pthread_create(&there.thread, NULL, serve, NULL), 0);
	door = testing_door_open("off");
	door->config.clamd = arena_printf(testing_arena(), "127.0.0.1:%d", there.port);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	shutdown(there.fd, SHUT_RDWR);
	close(there.fd);
	pthread_join(there.thread, NULL);
	testing_door_close(door);
	return 0;
}

static enum outcome
report(struct work *w, void *context)
{
	struct contact_file file = {
		.filename = "a.txt", .type = "text/plain", .data = bytes_of(context)};
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_WEB,
		.key = context,
		.service = "HW-POTHOLE",
		.words = "With a file",
		.files = &file,
		.file_count = 1,
	};
	struct receipt got;

	return intake(w, &c, &got);
}

static void
arrive(const char *content)
{
	testing_door_write(door, report, arena_copy(testing_arena(), content));
}

static int
round_of_scanning(void)
{
	struct arena *a = arena_new();
	int n = scanning_round(&door->house, a);

	arena_free(a);
	return n;
}

static int64_t
number(const char *sql)
{
	return testing_door_number(door, sql);
}

static void
what_clamd_finds_is_taken_away(void **state)
{
	(void)state;
	arrive("good words");
	arrive("EVIL words");
	assert_int_equal(round_of_scanning() + round_of_scanning(), 2);
	assert_int_equal(round_of_scanning(), 0);
	assert_int_equal(number("select count(*) from attachment where scanned = 1"), 1);
	assert_int_equal(number("select count(*) from attachment where scanned = 2"), 1);
	assert_int_equal(number("select count(*) from attachment_part"), 1);
	assert_int_equal(number("select count(*) from event where kind = 'note'"
				" and body like '%a.txt%Test.Evil-1%'"),
		1);
}

static void
without_an_answer_files_wait(void **state)
{
	const char *address = door->config.clamd;

	(void)state;
	arrive("more good words");
	there.instead = "INSTREAM size limit exceeded. ERROR";
	assert_int_equal(round_of_scanning(), -1);
	there.instead = "stream: what FOUND ERROR";
	assert_int_equal(round_of_scanning(), -1);
	there.instead = NULL;
	door->config.clamd = "127.0.0.1:1";
	assert_int_equal(round_of_scanning(), -1);
	door->config.clamd = "/nowhere/clamd.ctl";
	assert_int_equal(round_of_scanning(), -1);
	door->config.clamd = ""; /* off */
	assert_int_equal(round_of_scanning(), 0);
	door->config.clamd = address;
	assert_int_equal(number("select count(*) from attachment where scanned = 0"), 1);
	assert_int_equal(round_of_scanning(), 1);
	assert_int_equal(number("select count(*) from attachment where scanned = 0"), 0);
}

static void
large_files_go_in_pieces(void **state)
{
	struct arena *a = arena_new();
	size_t n = 300001;
	unsigned char *data = arena_alloc(a, n);
	const char *said;

	(void)state;
	memset(data, 'x', n);
	memcpy(data + n - 4, "EVIL", 4);
	assert_int_equal(
		clamd_scan(a, door->config.clamd, (struct bytes){data, n}, &said),
		CLAMD_FOUND);
	assert_string_equal(said, "Test.Evil-1");
	assert_int_equal(there.bytes, n);
	assert_int_equal(
		clamd_scan(a, door->config.clamd, (struct bytes){data, 10}, &said),
		CLAMD_CLEAN);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_clamd_finds_is_taken_away),
		cmocka_unit_test(without_an_answer_files_wait),
		cmocka_unit_test(large_files_go_in_pieces),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
