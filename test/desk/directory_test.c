/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/directory.h"
#include "desk/providers.h"
#include "desk/roles.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A real slapd, for all tests of this program. */
static char folder[] = "/tmp/portreeve-ldap.XXXXXX";
static char port[8];

static int
tool(const char *name, const char *action)
{
	const char *tools = getenv("PORTREEVE_TOOLS");
	struct arena *a = arena_new();
	char *path = arena_printf(
		a, "%s/%s", tools ? tools : PROJECT_ROOT "/tools", name);
	char *words[] = {path, arena_copy(a, action), folder, port, NULL};
	int status = 1;
	pid_t pid;

	if (posix_spawn(&pid, path, NULL, NULL, words, environ) == 0)
		waitpid(pid, &status, 0);
	arena_free(a);
	return status;
}

static void
find_port(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET};
	socklen_t n = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	snprintf(port, sizeof port, "%d", ntohs(at.sin_port));
	close(fd);
}

static int
begin(void **state)
{
	(void)state;
	assert_true(sodium_init() >= 0);
	assert_non_null(mkdtemp(folder));
	find_port();
	return tool("ldapserver", "start");
}

static int
end(void **state)
{
	(void)state;
	return tool("ldapserver", "stop");
}

static void
set(struct work *w, struct provider *p, const char *name, const char *value)
{
	pairs_add(w->arena, &p->settings, name, value);
}

static struct provider
directory(struct work *w, const char *first, const char *value)
{
	struct provider p = {
		.org = SOUTHMERE,
		.kind = "ldap",
		.name = "Directory",
		.audience = "staff",
		.live = true,
		.secret = "desk-secret",
	};

	if (first)
		set(w, &p, first, value);
	set(w, &p, "url", arena_printf(w->arena, "ldap://127.0.0.1:%s", port));
	set(w, &p, "base", "ou=people,dc=example,dc=org");
	set(w, &p, "bind", "cn=desk,dc=example,dc=org");
	set(w, &p, "login", "uid");
	set(w, &p, "group-base", "ou=groups,dc=example,dc=org");
	set(w, &p, "roles", "cooks = leader\nanalysts = analyst\n");
	return p;
}

static void
the_password_of_the_directory_is_verified(void **state)
{
	struct work *w = testing_desk(NULL);
	struct provider p = directory(w, NULL, NULL);
	struct provider_says s;

	(void)state;
	assert_int_equal(directory_verify(w, &p, "dora", "dora-secret", &s), DONE);
	assert_string_equal(s.subject, "uid=dora,ou=people,dc=example,dc=org");
	assert_string_equal(s.email, "dora@southmere.example.org");
	assert_string_equal(s.name, "Dora Webb");
	assert_int_equal(s.group_count, 1);
	assert_string_equal(s.groups[0], "analysts");
	assert_int_equal(directory_verify(w, &p, "dora", "ed-secret", &s), DENIED);
	assert_int_equal(directory_verify(w, &p, "nobody", "dora-secret", &s), DENIED);
}

static void
an_empty_password_is_never_sent(void **state)
{
	struct work *w = testing_desk(NULL);
	struct provider p = directory(w, NULL, NULL);
	struct provider_says s;

	/* This directory says yes to a name without a password, as some do. */
	(void)state;
	assert_int_equal(directory_verify(w, &p, "dora", "", &s), DENIED);
	p.secret = "";
	assert_int_equal(directory_verify(w, &p, "dora", "dora-secret", &s), DENIED);
}

static void
what_is_typed_stands_for_itself(void **state)
{
	static const char *const wrong[] = {
		"*", "d*", "dora)(uid=*", "*)(objectClass=*", "dora\\2a", "(uid=dora)"};
	struct work *w = testing_desk(NULL);
	struct provider p = directory(w, NULL, NULL);
	struct provider_says s;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(
			directory_verify(w, &p, wrong[i], "dora-secret", &s), DENIED);
	assert_int_equal(directory_verify(w, &p, "f*", "star-secret", &s), DONE);
	assert_string_equal(directory_escape(w->arena, "a*(b)\\\xC3\xA9\n"),
		"a\\2a\\28b\\29\\5c\\c3\\a9\\0a");
}

static void
passwords_travel_over_tls_or_stay_here(void **state)
{
	struct work *w = testing_desk(NULL);
	struct provider p = directory(w, "starttls", "yes");
	struct provider_says s;

	(void)state;
	set(w, &p, "ca", arena_printf(w->arena, "%s/ca.pem", folder));
	assert_int_equal(directory_verify(w, &p, "dora", "dora-secret", &s), DONE);
	/* A certificate that nobody vouches for. */
	p = directory(w, "starttls", "yes");
	assert_int_equal(directory_verify(w, &p, "dora", "dora-secret", &s), FAULT);
	p = directory(w, "url", "ldap://192.0.2.1");
	assert_int_equal(directory_verify(w, &p, "dora", "dora-secret", &s), FAULT);
	p = directory(w, "url", "ldap://localhost.evil.test");
	assert_int_equal(directory_verify(w, &p, "dora", "dora-secret", &s), FAULT);
}

static void
a_directory_that_fails_lets_nobody_in(void **state)
{
	struct work *w = testing_desk(NULL);
	struct provider p = directory(w, "url", "ldap://127.0.0.1:1");
	struct provider_says s;

	(void)state;
	assert_int_equal(directory_verify(w, &p, "dora", "dora-secret", &s), FAULT);
	p = directory(w, NULL, NULL);
	p.secret = "not it";
	assert_int_equal(directory_verify(w, &p, "dora", "dora-secret", &s), FAULT);
}

static bool
has_role(struct work *w, int64_t person, const char *role)
{
	return db_int(w->db, 0,
		       "select 1 from role_grant where org = $1 and person = $2"
		       " and role = $3",
		       SOUTHMERE, person, role) == 1;
}

static void
groups_give_roles_anew_each_time(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct provider p = directory(w, NULL, NULL);
	struct provider_says s = {.subject = "x",
		.email = "Amy@southmere.example.org",
		.verified = true,
		.groups = {"cooks", "choir"},
		.group_count = 2};
	struct account a;

	(void)state;
	provider_save(w, &p);
	assert_int_equal(provider_entry(w, &p, &s, &a), DONE);
	assert_int_equal(a.person, people.analyst);
	assert_true(has_role(w, a.person, "leader"));
	assert_true(has_role(w, a.person, "analyst")); /* given by hand before */
	s.groups[0] = "analysts";
	assert_int_equal(provider_entry(w, &p, &s, &a), DONE);
	assert_false(has_role(w, a.person, "leader"));
	s.group_count = 0;
	assert_int_equal(provider_entry(w, &p, &s, &a), DONE);
	assert_true(has_role(w, a.person, "analyst"));
	assert_int_equal(
		db_int(w->db, 0, "select count(*) from role_grant where person = $1",
			a.person),
		1);
}

/* The role of a group may be one that the organisation made; when it has gone, who has no
 * other does not get in, and hears no more than with a wrong password. */
static void
a_role_that_was_made_here_comes_from_the_directory(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct provider p = directory(w, "roles", "analysts = Winter service");
	struct actor nobody = {.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};
	const char *name = "";
	struct account a;
	struct visit v, wrong;

	(void)state;
	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(
		roles_make(w, "Winter service", "analyst", "It snows", &name), DONE);
	assert_int_equal(providers_save(w, &p), DONE);
	w->actor = &nobody;
	v = testing_post(w, "/staff/sign-in", "email=dora&password=dora-secret");
	assert_string_equal(v.location, "/staff");
	assert_int_equal(account_find(w, "dora@southmere.example.org", &a), DONE);
	assert_true(has_role(w, a.person, name));

	testing_act_as(w, SOUTHMERE, people.leader);
	account_take(w, SOUTHMERE, a.person, name);
	assert_int_equal(roles_remove(w, name, "It thaws"), DONE);
	db_run(w->db, "delete from identity");
	db_run(w->db, "delete from account where person = $1", a.person);
	w->actor = &nobody;
	w->session = NULL;
	v = testing_post(w, "/staff/sign-in", "email=dora&password=dora-secret");
	w->problems.count = 0;
	wrong = testing_post(w, "/staff/sign-in", "email=dora&password=not-it");
	assert_int_equal(v.status, 422);
	assert_int_equal(wrong.status, 422);
	assert_string_equal(v.body, wrong.body);
}

static void
an_address_joins_only_when_it_is_proved_and_of_this_house(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct provider p = directory(w, NULL, NULL);
	struct provider_says s = {.subject = "1",
		.email = "amy@southmere.example.org",
		.groups = {"analysts"},
		.group_count = 1};
	struct account a;

	(void)state;
	provider_save(w, &p);
	assert_int_equal(provider_entry(w, &p, &s, &a), DENIED); /* not verified */
	s.verified = true;
	s.email = "eve@southmere.example.org"; /* at home in the other organisation */
	assert_int_equal(provider_entry(w, &p, &s, &a), DENIED);
	s.email = "new@southmere.example.org";
	s.groups[0] = "choir";
	assert_int_equal(provider_entry(w, &p, &s, &a), DENIED); /* no role: no account */
	s.groups[0] = "analysts";
	assert_int_equal(provider_entry(w, &p, &s, &a), DONE);
	assert_true(has_role(w, a.person, "analyst"));
	/* The subject counts from now on, whatever the address is. */
	s.email = "amy@southmere.example.org";
	assert_int_equal(provider_entry(w, &p, &s, &a), DONE);
	assert_string_equal(a.email, "new@southmere.example.org");
	account_set_disabled(w, a.email, true);
	assert_int_equal(provider_entry(w, &p, &s, &a), DENIED);
	/* Residents' providers have no way to staff. */
	p.audience = "residents";
	s.subject = "2";
	assert_int_equal(provider_entry(w, &p, &s, &a), DENIED);
}

static void
one_signs_in_at_the_door_with_it(void **state)
{
	struct work *w = testing_desk(NULL);
	struct provider p = directory(w, NULL, NULL);
	struct actor nobody = {.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};
	struct visit v;

	(void)state;
	provider_save(w, &p);
	w->actor = &nobody;
	v = testing_post(w, "/staff/sign-in", "email=dora&password=dora-secret");
	assert_int_equal(v.status, 303);
	assert_string_equal(v.location, "/staff");
	w->session = NULL;
	assert_int_equal(
		testing_post(w, "/staff/sign-in", "email=dora&password=").status, 422);
	assert_int_equal(
		testing_post(w, "/staff/sign-in", "email=ed&password=ed-secret").status,
		422); /* known there, but no group of his has a role */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_password_of_the_directory_is_verified),
		cmocka_unit_test(an_empty_password_is_never_sent),
		cmocka_unit_test(what_is_typed_stands_for_itself),
		cmocka_unit_test(passwords_travel_over_tls_or_stay_here),
		cmocka_unit_test(a_directory_that_fails_lets_nobody_in),
		cmocka_unit_test(groups_give_roles_anew_each_time),
		cmocka_unit_test(a_role_that_was_made_here_comes_from_the_directory),
		cmocka_unit_test(
			an_address_joins_only_when_it_is_proved_and_of_this_house),
		cmocka_unit_test(one_signs_in_at_the_door_with_it),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
