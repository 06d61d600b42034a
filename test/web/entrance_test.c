/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a password typed at the door comes to, with directories of two organisations. */
#include "desk/sign_in.h"
#include "store/account.h"
#include "store/provider.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOM = 16 * 1024, HEADER = 6 };

/* A directory that lets the service account in, knows nobody, and keeps what it hears. */
struct ear {
	pthread_t thread;
	int listener, port, binds;
	unsigned char heard[ROOM];
	size_t n;
};

/* 30 LEN 02 01 ID OP: the messages of a small client are no longer than this. */
static void
answer(struct ear *e, int fd, const unsigned char *message)
{
	unsigned char op = message[HEADER - 1];
	unsigned char said[] = {0x30, 0x0c, 0x02, 0x01, message[4],
		op == 0x60 ? 0x61 : 0x65, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00};

	e->binds += op == 0x60;
	if (op == 0x60 || op == 0x63)
		assert_int_equal(write(fd, said, sizeof said), sizeof said);
}

static void *
listen_on(void *context)
{
	struct ear *e = context;
	int fd;

	while ((fd = accept(e->listener, NULL, NULL)) >= 0) {
		ssize_t got;

		while (e->n < ROOM / 2 &&
			(got = read(fd, e->heard + e->n, ROOM / 2)) > 0) {
			size_t at = e->n;

			e->n += (size_t)got;
			while (at + HEADER < e->n) {
				answer(e, fd, e->heard + at);
				at += 2U + e->heard[at + 1];
			}
		}
		close(fd);
	}
	return NULL;
}

static void
ear_open(struct ear *e)
{
	struct sockaddr_in at = {.sin_family = AF_INET};
	socklen_t n = sizeof at;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	e->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(e->listener, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(e->listener, 5), 0);
	assert_int_equal(getsockname(e->listener, (struct sockaddr *)&at, &n), 0);
	e->port = ntohs(at.sin_port);
	assert_int_equal(pthread_create(&e->thread, NULL, listen_on, e), 0);
}

static void
ear_close(struct ear *e)
{
	shutdown(e->listener, SHUT_RDWR);
	pthread_join(e->thread, NULL);
	close(e->listener);
}

static bool
ear_heard(const struct ear *e, const char *text)
{
	return memmem(e->heard, e->n, text, strlen(text)) != NULL;
}

static void
add_directory(struct work *w, int64_t org, const struct ear *e)
{
	struct provider p = {
		.org = org,
		.kind = "ldap",
		.name = "Directory",
		.audience = "staff",
		.live = true,
		.secret = "desk-secret",
	};

	pairs_add(w->arena, &p.settings, "url",
		arena_printf(w->arena, "ldap://127.0.0.1:%d", e->port));
	pairs_add(w->arena, &p.settings, "base", "dc=example,dc=org");
	pairs_add(w->arena, &p.settings, "bind", "cn=desk,dc=example,dc=org");
	provider_save(w, &p);
}

static void
try(struct work *w, const char *form)
{
	const struct visit v = testing_post(w, "/staff/sign-in", form);

	assert_int_equal(v.status, 422);
}

/* Both are asked as often, so that the time does not tell whose account it is. */
static void
a_password_goes_to_no_directory_of_others(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct account a = {.org = SOUTHMERE,
		.person = people.analyst,
		.email = "amy@southmere.example.org",
		.password = ""};
	struct ear ours = {.n = 0}, theirs = {.n = 0};

	(void)state;
	assert_true(sodium_init() >= 0);
	account_save(w, &a);
	ear_open(&ours);
	ear_open(&theirs);
	add_directory(w, SOUTHMERE, &ours);
	add_directory(w, ICT_DESK, &theirs);
	try(w, "email=amy%40southmere.example.org&password=correct-horse");
	ear_close(&ours);
	ear_close(&theirs);
	assert_true(ear_heard(&ours, "correct-horse"));
	assert_true(ear_heard(&ours, "amy@southmere.example.org"));
	assert_true(ear_heard(&theirs, "desk-secret"));
	assert_false(ear_heard(&theirs, "correct-horse"));
	assert_false(ear_heard(&theirs, "amy@southmere"));
	assert_int_equal(ours.binds, 2);
	assert_int_equal(theirs.binds, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_password_goes_to_no_directory_of_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
