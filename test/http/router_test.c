/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "http/router.h"

#include <string.h>

static enum outcome
answer(struct work *w, const struct request *q, struct reply *r)
{
	(void)w, (void)q, (void)r;
	return DONE;
}

enum { RESIDENT = 1, STAFF = 2 };

static const struct route table[] = {
	{.method = GET, .pattern = "/", .who = RESIDENT | STAFF, .handle = answer},
	{.method = GET, .pattern = "/services", .who = RESIDENT, .handle = answer},
	{.method = GET, .pattern = "/services/:code", .who = RESIDENT, .handle = answer},
	{.method = POST, .pattern = "/services/:code/send", .handle = answer},
	{.method = GET, .pattern = "/services/new", .who = STAFF, .handle = answer},
	{.method = GET, .pattern = "/services/:code/:page", .handle = answer},
	{.method = GET, .pattern = "/staff/tickets/:ref", .who = STAFF, .handle = answer},
	{.method = POST,
		.pattern = "/staff/tickets/:reference",
		.who = STAFF,
		.flags = ROUTE_SLOW,
		.handle = answer},
	{.method = DELETE, .pattern = "/staff/tickets/:ref", .handle = answer},
	{.method = GET, .pattern = "/open311/v2/requests.json", .handle = answer},
	{.method = GET, .pattern = "/open311/v2/requests/:id.json", .handle = answer},
	{.method = GET, .pattern = "/open311/v2/requests/:id.xml", .handle = answer},
	{.method = GET, .pattern = "/open311/v2/requests/:id", .handle = answer},
	{.method = GET, .pattern = "/assets/*path", .handle = answer},
	{.method = GET, .pattern = "/assets/known.css", .handle = answer},
	{.method = HEAD, .pattern = "/own-head", .who = RESIDENT, .handle = answer},
	{.method = GET, .pattern = "/own-head", .handle = answer},
	{.method = GET,
		.pattern = "/events",
		.flags = ROUTE_STREAM | ROUTE_OPEN,
		.handle = answer},
};

static struct router *
compiled(void)
{
	return router_new(testing_arena(), table, sizeof table / sizeof *table);
}

/* What a request finds: "POST /services/:code/send code=x", or "-". */
static const char *
found(enum method m, const char *path)
{
	struct request q = {.arena = testing_arena(), .method = m, .path = path};
	struct buffer b = buffer_in(testing_arena(), 64);
	const struct route *route = router_match(compiled(), &q);

	assert_ptr_equal(router_find(compiled(), &q), route);
	if (!route)
		return "-";
	buffer_text_add(&b, route->pattern);
	for (int i = 0; i < q.parts.count; i++)
		buffer_printf(&b, " %s=%s", q.parts.at[i].name, q.parts.at[i].value);
	return buffer_text(&b);
}

static void
paths_find_their_routes(void **state)
{
	static const struct {
		enum method method;
		const char *path, *found;
	} cases[] = {
		{GET, "/", "/"},
		{GET, "/services", "/services"},
		{GET, "/services/", "-"},
		{GET, "//services", "-"},
		{GET, "/services/potholes", "/services/:code code=potholes"},
		{GET, "/services/new", "/services/new"},
		{GET, "/services/new/2", "/services/:code/:page code=new page=2"},
		{GET, "/services/a/b/c", "-"},
		{POST, "/services/new/send", "/services/:code/send code=new"},
		{GET, "/services/x/send", "/services/:code/:page code=x page=send"},
		{POST, "/services/x", "-"},
		{GET, "/staff/tickets/R1", "/staff/tickets/:ref ref=R1"},
		{POST, "/staff/tickets/R1", "/staff/tickets/:reference reference=R1"},
		{HEAD, "/staff/tickets/R1", "/staff/tickets/:ref ref=R1"},
		{PUT, "/staff/tickets/R1", "-"},
		{GET, "/staff/tickets", "-"},
		{GET, "/open311/v2/requests/7.json",
			"/open311/v2/requests/:id.json id=7"},
		{GET, "/open311/v2/requests/7.xml", "/open311/v2/requests/:id.xml id=7"},
		{GET, "/open311/v2/requests/7.txt", "/open311/v2/requests/:id id=7.txt"},
		{GET, "/open311/v2/requests/.json", "/open311/v2/requests/:id id=.json"},
		{GET, "/assets/a/b/c.js", "/assets/*path path=a/b/c.js"},
		{GET, "/assets/known.css", "/assets/known.css"},
		{GET, "/assets/", "-"},
		{GET, "/assets", "-"},
		{GET, "/nothing", "-"},
		{GET, "/services/\xC3\xA9 x", "/services/:code code=\xC3\xA9 x"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			found(cases[i].method, cases[i].path), cases[i].found);
}

static void
head_falls_to_get_unless_it_has_its_own(void **state)
{
	struct request q = {
		.arena = testing_arena(), .method = HEAD, .path = "/own-head"};

	(void)state;
	assert_int_equal(router_match(compiled(), &q)->who, RESIDENT);
	q.path = "/services";
	assert_int_equal(router_match(compiled(), &q)->method, GET);
}

static void
a_wrong_method_is_told_the_right_ones(void **state)
{
	struct request q = {
		.arena = testing_arena(), .method = PUT, .path = "/staff/tickets/x"};

	(void)state;
	assert_string_equal(router_allow(compiled(), &q), "GET, HEAD, POST, DELETE");
	q.path = "/services/x/send";
	assert_string_equal(router_allow(compiled(), &q), "GET, HEAD, POST");
	q.path = "/nothing";
	assert_null(router_allow(compiled(), &q));
}

static void
print_who(struct buffer *out, unsigned bits)
{
	buffer_text_add(out, bits & STAFF ? "staff" : "resident");
}

static void
the_table_can_be_printed(void **state)
{
	struct buffer b = buffer_in(testing_arena(), 0);

	(void)state;
	router_print(compiled(), &b, print_who);
	assert_non_null(strstr(buffer_text(&b), "POST    /staff/tickets/:reference"));
	assert_non_null(strstr(buffer_text(&b), "staff slow\n"));
	assert_non_null(strstr(buffer_text(&b), "stream open\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_find_their_routes),
		cmocka_unit_test(head_falls_to_get_unless_it_has_its_own),
		cmocka_unit_test(a_wrong_method_is_told_the_right_ones),
		cmocka_unit_test(the_table_can_be_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
