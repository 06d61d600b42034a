/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/jobs.h"
#include "app/nodes.h"
#include "base/times.h"
#include "store/account.h"
#include "store/parting.h"
#include "store/session.h"
#include "testing.h"
#include "testing_db.h"
#include "testing_door.h"
#include "web/visitor.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How long something may take that takes milliseconds; how long silence is waited for. */
enum { SOON_MS = 60000, SILENCE_MS = 300, ROOM = 16384 };

/* Two nodes on one database; on SQLite the second is the first. */
struct neighbours {
	struct testing_door *a;
	struct testing_door second, *b;
	int count;
};

struct page {
	int fd;
	size_t len;
	char text[ROOM];
};

static bool
two(const struct neighbours *p)
{
	if (p->a == p->b)
		print_message("one node: this engine has no others\n");
	return p->a != p->b;
}

static const char the_end[] = "\r\n0\r\n\r\n";

/* Reads until the text is there; "" waits for the end. False: the page has ended without
 * it, or time is over. */
static bool
reads(struct page *p, const char *text, int milliseconds)
{
	int64_t until = times_ticks() + (int64_t)milliseconds * 1000;

	while (times_ticks() < until) {
		struct pollfd on = {.fd = p->fd, .events = POLLIN};
		ssize_t n;

		if (strstr(p->text, *text ? text : the_end))
			return true;
		if (strstr(p->text, the_end))
			return false;
		if (poll(&on, 1, 20) <= 0)
			continue;
		n = recv(p->fd, p->text + p->len, ROOM - 1 - p->len, 0);
		if (n <= 0)
			return !*text;
		p->len += (size_t)n;
		p->text[p->len] = 0;
	}
	return strstr(p->text, *text ? text : the_end) != NULL;
}

struct entry {
	int64_t person;
	const char *cookie;
	struct session session;
};

static enum outcome
enter(struct work *w, void *context)
{
	struct entry *e = context;
	struct session_entry as = {.org = SOUTHMERE,
		.person = e->person,
		.lifetime = 3600,
		.peer = "127.0.0.1",
		.way = "password"};

	e->cookie = arena_copy(testing_arena(), session_enter(w, &as, &e->session));
	e->session.hash = arena_copy(testing_arena(), e->session.hash);
	return DONE;
}

/* Their live page, at that node. */
static void
open_page(struct testing_door *d, const char *cookie, struct page *p)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)server_port(d->server)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	char ask[512];
	int n = snprintf(ask, sizeof ask,
		"GET /events HTTP/1.1\r\nHost: a\r\nCookie: " VISITOR_COOKIE
		"=%s\r\n\r\n",
		cookie);

	*p = (struct page){.fd = socket(AF_INET, SOCK_STREAM, 0)};
	assert_int_equal(connect(p->fd, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(send(p->fd, ask, (size_t)n, 0), n);
	assert_true(reads(p, "retry: ", SOON_MS));
}

static enum outcome
report(struct work *w, void *context)
{
	*(const char **)context = arena_copy(testing_arena(),
		testing_report(w,
			arena_printf(w->arena, "key-%lld", (long long)work_id(w)),
			"A hole in the road"));
	return DONE;
}

static const char *
report_at(struct testing_door *d)
{
	const char *reference = NULL;

	testing_door_write(d, report, &reference);
	return reference;
}

/* A page at the second node that is told what happens at the first: what ended the pages
 * before has passed. */
static void
open_living(const struct neighbours *p, const char *cookie, struct page *page)
{
	for (int tries = 0; tries < 50; tries++) {
		open_page(p->b, cookie, page);
		if (reads(page, report_at(p->a), SOON_MS))
			return;
		close(page->fd);
	}
	fail_msg("a page is told nothing");
}

static enum outcome
take_role(struct work *w, void *context)
{
	assert_true(account_take(w, SOUTHMERE, *(int64_t *)context, "analyst"));
	return DONE;
}

static enum outcome
give_role(struct work *w, void *context)
{
	assert_true(account_give(w, SOUTHMERE, *(int64_t *)context, "analyst"));
	return DONE;
}

static enum outcome
sign_out(struct work *w, void *context)
{
	session_end(w, context);
	return DONE;
}

static void
a_change_on_one_node_reaches_the_pages_of_the_other(void **state)
{
	struct neighbours *p = *state;
	struct entry e = {.person = p->a->people.analyst};
	struct page page;

	if (!two(p))
		return;
	testing_door_write(p->a, enter, &e);
	open_page(p->b, e.cookie, &page);
	assert_true(reads(&page, report_at(p->a), SOON_MS));
	close(page.fd);
}

static int
count(const char *text, const char *what)
{
	int n = 0;

	while ((text = strstr(text, what))) {
		text += strlen(what);
		n++;
	}
	return n;
}

/* Both reports say the same number of things, wherever they were taken. */
static void
a_change_is_told_once(void **state)
{
	struct neighbours *p = *state;
	struct entry e = {.person = p->a->people.analyst};
	const char *first, *second;
	struct page page;

	testing_door_write(p->a, enter, &e);
	open_page(p->a, e.cookie, &page);
	first = report_at(p->a);
	second = report_at(p->b);
	assert_true(reads(&page, first, SOON_MS));
	assert_true(reads(&page, second, SOON_MS));
	assert_false(reads(&page, "nothing of that kind", SILENCE_MS));
	assert_int_equal(count(page.text, first), count(page.text, second));
	close(page.fd);
}

static void
a_role_that_is_taken_on_one_node_ends_pages_on_the_other(void **state)
{
	struct neighbours *p = *state;
	struct entry e = {.person = p->a->people.binman};
	struct entry other = {.person = p->a->people.analyst};
	struct page page, goes_on;
	const char *reference;

	if (!two(p))
		return;
	testing_door_write(p->a, enter, &e);
	testing_door_write(p->a, enter, &other);
	open_living(p, e.cookie, &page);
	open_living(p, other.cookie, &goes_on);
	testing_door_write(p->a, take_role, &e.person);
	reference = report_at(p->a);
	assert_true(reads(&page, "", SOON_MS));
	assert_null(strstr(page.text, reference));
	/* Nobody else's. */
	assert_true(reads(&goes_on, reference, SOON_MS));
	testing_door_write(p->a, give_role, &e.person);
	close(page.fd);
	close(goes_on.fd);
}

static void
a_sign_out_on_one_node_ends_pages_of_that_session_on_the_other(void **state)
{
	struct neighbours *p = *state;
	struct entry e = {.person = p->a->people.analyst}, same = e;
	struct page page, goes_on;
	const char *reference;

	if (!two(p))
		return;
	testing_door_write(p->a, enter, &e);
	testing_door_write(p->a, enter, &same);
	open_living(p, e.cookie, &page);
	open_living(p, same.cookie, &goes_on);
	testing_door_write(p->a, sign_out, (void *)(uintptr_t)e.session.hash);
	assert_true(reads(&page, "", SOON_MS));
	reference = report_at(p->a);
	assert_true(reads(&goes_on, reference, SOON_MS));
	close(page.fd);
	close(goes_on.fd);
}

static enum outcome
cut(struct work *w, void *context)
{
	*(int64_t *)context = db_int(w->db, 0,
		"select count(pg_terminate_backend(pid)) from pg_stat_activity"
		" where datname = current_database() and pid <> pg_backend_pid()"
		" and (query like 'listen%' or query like 'select pg_notify%')");
	return DONE;
}

/* Until both listen, so that nothing is said to nobody. */
static void
until_heard(const struct neighbours *p, int64_t listeners)
{
	const char *asked = "select count(*) from pg_stat_activity where datname ="
			    " current_database() and (query like 'listen%' or query like"
			    " 'select pg_notify%') and state = 'idle'";
	int64_t until = times_ticks() + (int64_t)SOON_MS * 1000;

	while (testing_door_number(p->a, asked) < listeners && times_ticks() < until)
		usleep(20000);
	assert_true(testing_door_number(p->a, asked) >= listeners);
}

static void
a_lost_connection_ends_pages_and_is_made_anew(void **state)
{
	struct neighbours *p = *state;
	struct entry e = {.person = p->a->people.analyst};
	struct page page;
	int64_t lost = 0;

	if (!two(p))
		return;
	testing_door_write(p->a, enter, &e);
	open_living(p, e.cookie, &page);
	testing_door_write(p->a, cut, &lost);
	assert_true(lost >= 1);
	assert_true(reads(&page, "", SOON_MS));
	close(page.fd);
	until_heard(p, 2);
	open_living(p, e.cookie, &page);
	close(page.fd);
}

static void
jobs_of_the_other_node_are_called(void **state)
{
	struct neighbours *p = *state;
	struct jobs *jobs;

	if (!two(p))
		return;
	jobs = jobs_start(&p->b->house);
	p->b->house.jobs = jobs;
	for (int i = 0; i < 3; i++) {
		uint64_t before = jobs_calls(jobs);
		int64_t until = times_ticks() + (int64_t)SOON_MS * 1000;

		report_at(p->a);
		while (jobs_calls(jobs) == before && times_ticks() < until)
			usleep(1000);
		assert_true(jobs_calls(jobs) > before);
	}
	p->b->house.jobs = NULL;
	usleep(100000);
	jobs_stop(jobs);
}

/* What a command did, whose process tells nobody. */
static enum outcome
quietly(struct work *w, void *context)
{
	parting_of_person(w, *(int64_t *)context);
	w->partings = NULL;
	return DONE;
}

static void
a_command_ends_pages_of_who_serves(void **state)
{
	struct neighbours *p = *state;
	struct entry e = {.person = p->a->people.analyst};
	struct page page;

	testing_door_write(p->a, enter, &e);
	open_page(p->a, e.cookie, &page);
	testing_door_write(p->a, quietly, &e.person);
	assert_true(reads(&page, "", SOON_MS));
	close(page.fd);
}

static int
begin(void **state)
{
	struct neighbours *p = arena_alloc(testing_arena(), sizeof *p);

	*p = (struct neighbours){.a = testing_door_open("off")};
	p->b = p->a;
	p->a->house.nodes = nodes_start(&p->a->house);
	if (testing_db_engine() == DB_POSTGRES) {
		testing_door_second(p->a, &p->second);
		p->b = &p->second;
		p->b->house.nodes = nodes_start(&p->b->house);
		until_heard(p, 2);
	}
	*state = p;
	return 0;
}

static int
end(void **state)
{
	struct neighbours *p = *state;

	server_stop(p->a->server, 2);
	nodes_stop(p->a->house.nodes);
	if (p->b != p->a) {
		server_stop(p->b->server, 2);
		nodes_stop(p->b->house.nodes);
		house_close(&p->b->house);
	}
	house_close(&p->a->house);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_on_one_node_reaches_the_pages_of_the_other),
		cmocka_unit_test(a_change_is_told_once),
		cmocka_unit_test(
			a_role_that_is_taken_on_one_node_ends_pages_on_the_other),
		cmocka_unit_test(
			a_sign_out_on_one_node_ends_pages_of_that_session_on_the_other),
		cmocka_unit_test(a_command_ends_pages_of_who_serves),
		cmocka_unit_test(jobs_of_the_other_node_are_called),
		cmocka_unit_test(a_lost_connection_ends_pages_and_is_made_anew),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
