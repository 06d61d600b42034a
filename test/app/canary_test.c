/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Secrets that pass through the house are found afterwards neither in what it logs nor in
 * the files of its database. */
#include "desk/sign_in.h"
#include "format/json.h"
#include "store/account.h"
#include "testing_door.h"

#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define RIGHT "canary-right-horse"
#define WRONG "canary-wrong-horse"
#define IN_THE_WRONG_BOX "canary-in-the-box-of-the-name"
#define GLASS "canary-behind-glass"
#define FORM "application/x-www-form-urlencoded"

enum { MOST = 32 };

/* What must not be found, by what it is. */
struct canaries {
	struct {
		const char *what, *secret;
	} at[MOST];
	int count;
};

static void
hatch(struct canaries *c, const char *what, const char *secret)
{
	assert_non_null(secret);
	assert_true(strlen(secret) >= 16);
	assert_true(c->count < MOST);
	c->at[c->count].what = what;
	c->at[c->count++].secret = secret;
}

static enum outcome
give_password(struct work *w, void *context)
{
	struct testing_door *d = context;
	struct account a = {.org = SOUTHMERE,
		.person = d->people.analyst,
		.email = "amy@southmere.example.org"};

	a.password = sign_in_password(w, RIGHT, a.email);
	account_save(w, &a);
	return DONE;
}

static struct testing_answer
post(struct testing_door *d, const char *path, const char *form)
{
	return testing_door_ask(
		d, "POST", path, (struct testing_request){.type = FORM, .body = form});
}

static const char *
member(const struct testing_answer *a, const char *name)
{
	const char *problem = NULL;
	const struct json *v = json_read(testing_arena(), bytes_of(a->body), &problem);

	return json_words(json_get(v, name));
}

/* "name=VALUE; Path=/": the value. */
static const char *
cookie_of(const struct testing_answer *a)
{
	const char *cookie = pairs_get(&a->headers, "set-cookie");

	assert_non_null(cookie);
	cookie = strchr(cookie, '=') + 1;
	return arena_text(testing_arena(), cookie, strcspn(cookie, ";"));
}

static void
use_doors_for_people(struct testing_door *d, struct canaries *c)
{
	struct testing_answer a;

	assert_int_equal(post(d, "/staff/sign-in",
				 "email=amy%40southmere.example.org&password=" WRONG)
				 .status,
		422);
	assert_int_equal(
		post(d, "/staff/sign-in", "email=" IN_THE_WRONG_BOX "&password=x").status,
		422);
	assert_int_equal(post(d, "/staff/break-glass", "secret=" GLASS).status, 422);
	a = post(
		d, "/staff/sign-in", "email=amy%40southmere.example.org&password=" RIGHT);
	assert_int_equal(a.status, 303);
	hatch(c, "the password", RIGHT);
	hatch(c, "a wrong password", WRONG);
	hatch(c, "a password as the name", IN_THE_WRONG_BOX);
	hatch(c, "a guess at the glass", GLASS);
	hatch(c, "the cookie of a session", cookie_of(&a));
}

static void
use_doors_for_machines(struct testing_door *d, struct canaries *c)
{
	const char *token = testing_door_token(d, ROLE_ADMINISTRATOR);
	struct testing_answer made = testing_door_ask(d, "POST", "/api/v1/tokens",
		(struct testing_request){.token = token,
			.key = "mint",
			.body = "{\"name\":\"lorry\",\"role\":\"analyst\"}"});
	struct testing_answer hook = testing_door_ask(d, "POST", "/api/v1/webhooks",
		(struct testing_request){.token = token,
			.key = "hook",
			.body = "{\"name\":\"lorry\",\"url\":\"https://hooks.example.org/"
				"\"}"});
	const char *secret = member(&hook, "secret");

	assert_int_equal(made.status, 201);
	assert_int_equal(hook.status, 201);
	hatch(c, "a token that is used", token);
	hatch(c, "a token that was made", member(&made, "token"));
	hatch(c, "the secret of a webhook", secret);
	hatch(c, "the key in it", secret + strlen("whsec_"));
	/* A key in the address, rightly and to where nothing is. */
	testing_door_ask(d, "GET",
		arena_printf(testing_arena(),
			"/open311/v2/servicerequestupdates.xml?api_key=%s", token),
		(struct testing_request){.token = NULL});
	testing_door_ask(d, "GET",
		arena_printf(
			testing_arena(), "/open311/v2/%s.xml?api_key=%s", token, token),
		(struct testing_request){.token = NULL});
	post(d, "/open311/v2/requests.xml",
		arena_printf(testing_arena(), "api_key=%s&service_code=NONE", token));
	testing_door_ask(d, "GET", "/api/v1/tickets/AAA-AAA-AAA",
		(struct testing_request){.token = token});
}

static void
look_in(struct bytes all, const struct canaries *c, const char *where)
{
	for (int i = 0; i < c->count; i++)
		if (memmem(all.at, all.len, c->at[i].secret, strlen(c->at[i].secret)))
			fail_msg("%s is found in %s", c->at[i].what, where);
}

/* Has it the text that is no secret? Else nothing was looked at. */
static bool
look_in_file(const char *path, const struct canaries *c)
{
	static const char known[] = "amy@southmere.example.org";
	bool has_known = false;
	struct stat s;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	void *at;

	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &s), 0);
	if (S_ISREG(s.st_mode) && s.st_size > 0) {
		at = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		assert_true(at != MAP_FAILED);
		look_in((struct bytes){at, (size_t)s.st_size}, c, path);
		has_known = memmem(at, (size_t)s.st_size, known, sizeof known - 1);
		munmap(at, (size_t)s.st_size);
	}
	close(fd);
	return has_known;
}

/* The database of SQLite, what is written ahead of it, and what else lies beside it. */
static void
look_in_folder(const struct testing_door *d, const struct canaries *c)
{
	static const char front[] = "sqlite:";
	const char *path = d->url + sizeof front - 1, *slash;
	DIR *folder;
	int count = 0;

	if (strncmp(d->url, front, sizeof front - 1) != 0)
		return;
	slash = strrchr(path, '/');
	assert_non_null(slash);
	path = arena_text(testing_arena(), path, (size_t)(slash - path));
	folder = opendir(path);
	assert_non_null(folder);
	for (struct dirent *e; (e = readdir(folder));) {
		if (*e->d_name == '.')
			continue;
		count += look_in_file(
			arena_printf(testing_arena(), "%s/%s", path, e->d_name), c);
	}
	closedir(folder);
	assert_true(count > 0);
}

static void
secrets_are_left_nowhere(void **state)
{
	struct canaries c = {.count = 0};
	int before = dup(STDERR_FILENO), log = memfd_create("log", MFD_CLOEXEC);
	struct testing_door *d;
	struct stat s;
	void *said;

	(void)state;
	assert_true(sodium_init() >= 0);
	d = testing_door_open("off");
	testing_door_write(d, give_password, d);
	fflush(stderr);
	dup2(log, STDERR_FILENO);
	use_doors_for_people(d, &c);
	use_doors_for_machines(d, &c);
	look_in_folder(d, &c);
	testing_door_close(d);
	fflush(stderr);
	dup2(before, STDERR_FILENO);
	close(before);
	look_in_folder(d, &c);
	assert_int_equal(fstat(log, &s), 0);
	assert_true(s.st_size > 0);
	said = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, log, 0);
	assert_true(said != MAP_FAILED);
	assert_non_null(memmem(said, (size_t)s.st_size, "/api/v1/tickets/:ref", 20));
	look_in((struct bytes){said, (size_t)s.st_size}, &c, "the log");
	munmap(said, (size_t)s.st_size);
	close(log);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(secrets_are_left_nowhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
