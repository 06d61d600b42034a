/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing_db.h"
#include "testing_door.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* What is written on standard error while somebody asks. */
static const char *
heard(struct testing_door *d, const char *method, const char *path,
	struct testing_request with, int status)
{
	char *text = arena_alloc(testing_arena(), 8192);
	const char *name = arena_printf(testing_arena(), "%s/log", testing_folder());
	int before = dup(STDERR_FILENO);
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
	struct testing_answer got;
	ssize_t n;

	assert_true(before >= 0 && fd >= 0);
	dup2(fd, STDERR_FILENO);
	got = testing_door_ask(d, method, path, with);
	dup2(before, STDERR_FILENO);
	n = pread(fd, text, 8191, 0);
	assert_true(n >= 0);
	text[n] = 0;
	close(before);
	close(fd);
	assert_int_equal(got.status, status);
	return text;
}

static void
who_is_told_no_is_written_down(void **state)
{
	struct testing_door *d = testing_door_open("off");
	const char *customer = testing_door_token(d, ROLE_MANAGER);
	const char *said;

	(void)state;
	said = heard(d, "GET", "/api/v1/people?q=amy",
		(struct testing_request){.token = customer}, 403);
	assert_non_null(strstr(said, "GET /api/v1/people: 403"));
	assert_non_null(strstr(said, "from 127.0.0.1"));
	assert_non_null(strstr(said, "\"time\":\"2"));
	/* Neither what was looked for nor the key. */
	assert_null(strstr(said, "amy"));
	assert_null(strstr(said, customer));
	said = heard(d, "GET", "/api/v1/tickets/7KM-39Q-XAT",
		(struct testing_request){.token = customer}, 404);
	assert_non_null(strstr(said, "GET /api/v1/tickets/:ref: 404"));
	assert_null(strstr(said, "7KM"));
	said = heard(d, "POST", "/account/sign-out",
		(struct testing_request){.body = "{}"}, 303);
	assert_null(strstr(said, "sign-out"));
	said = heard(d, "GET", "/services/NONE", (struct testing_request){0}, 404);
	assert_null(strstr(said, "/services"));
	said = heard(d, "GET", "/api/v1/tickets",
		(struct testing_request){.token = "wrong"}, 401);
	assert_non_null(strstr(said, "GET /api/v1/tickets: 401"));
	assert_null(strstr(said, "wrong"));
	testing_door_close(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_told_no_is_written_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
