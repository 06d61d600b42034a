/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/user.h"

#include "app/errand.h"
#include "desk/break_glass.h"
#include "desk/recognise.h"
#include "desk/sign_in.h"
#include "store/account.h"
#include "store/audit.h"
#include "store/person.h"
#include "store/second_factor.h"
#include "store/session.h"
#include "store/token.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { ROOM = 512, TOKEN_DAYS = 365 };

struct asked {
	struct organisation organisation; /* add, list; id 0: all */
	const char *email, *name;
	enum role role;
	const char *password; /* as typed */
	bool disabled;
};

static bool
read_line(char line[ROOM])
{
	if (!fgets(line, ROOM, stdin))
		return false;
	line[strcspn(line, "\r\n")] = 0;
	return true;
}

/* Without showing what is typed. */
static bool
ask(const char *question, char line[ROOM])
{
	struct termios before, quiet;
	bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
	bool well;

	if (!terminal)
		return read_line(line);
	fprintf(stderr, "%s: ", question);
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	well = read_line(line);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	fputc('\n', stderr);
	return well;
}

static const char *
ask_password(struct errand *e)
{
	char first[ROOM], again[ROOM];

	if (!ask("New password", first)) {
		errand_say("a password is wanted on standard input");
		return NULL;
	}
	if (isatty(STDIN_FILENO) &&
		(!ask("Once more", again) || strcmp(first, again) != 0)) {
		errand_say("the two are not the same");
		return NULL;
	}
	return arena_copy(e->arena, first);
}

static enum outcome
no_account(const struct asked *a)
{
	errand_say("there is no account %s", a->email);
	return MISSING;
}

static enum outcome
add(struct work *w, void *context)
{
	struct asked *a = context;
	struct account known;
	struct person p = {.org = a->organisation.id, .name = a->name, .email = a->email};
	const char *stored = sign_in_password(w, a->password, a->email);

	if (!stored)
		return INVALID;
	if (account_find(w, a->email, &known) == DONE) {
		errand_say("there is an account %s already", a->email);
		return CONFLICT;
	}
	if (person_by_address(w, p.org, "email", a->email, &p) != DONE)
		person_insert(w, &p);
	account_save(w, &(struct account){.org = p.org,
				.person = p.id,
				.email = a->email,
				.password = stored});
	if (a->role != ROLE_CUSTOMER)
		account_grant(w, p.org, p.id, a->role);
	audit_add(w, "account.add", a->email, role_name(a->role));
	return DONE;
}

static enum outcome
set_password(struct work *w, void *context)
{
	const struct asked *a = context;
	struct account known;

	if (account_find(w, a->email, &known) != DONE)
		return no_account(a);
	known.password = sign_in_password(w, a->password, a->email);
	if (!known.password)
		return INVALID;
	account_save(w, &known);
	session_end_all(w, known.person);
	audit_add(w, "account.password", a->email, "");
	return DONE;
}

static enum outcome
set_disabled(struct work *w, void *context)
{
	const struct asked *a = context;
	struct account known;

	if (account_find(w, a->email, &known) != DONE)
		return no_account(a);
	account_set_disabled(w, a->email, a->disabled);
	session_end_all(w, known.person);
	audit_add(w, a->disabled ? "account.disable" : "account.enable", a->email, "");
	return DONE;
}

static enum outcome
give_role(struct work *w, void *context)
{
	const struct asked *a = context;
	struct account known;

	if (account_find(w, a->email, &known) != DONE)
		return no_account(a);
	if (!account_give(w, a->organisation.id, known.person, role_name(a->role)))
		errand_say("%s has that role already", a->email);
	audit_add(w, "role.give", a->email,
		arena_printf(w->arena, "role=%s&way=command", role_name(a->role)));
	return DONE;
}

static enum outcome
take_role(struct work *w, void *context)
{
	const struct asked *a = context;
	struct account known;

	if (account_find(w, a->email, &known) != DONE)
		return no_account(a);
	if (!account_take(w, a->organisation.id, known.person, role_name(a->role)))
		errand_say("%s does not have that role", a->email);
	audit_add(w, "role.take", a->email,
		arena_printf(w->arena, "role=%s&way=command", role_name(a->role)));
	return DONE;
}

static enum outcome
end_sessions(struct work *w, void *context)
{
	const struct asked *a = context;
	struct account known;

	if (account_find(w, a->email, &known) != DONE)
		return no_account(a);
	session_end_all(w, known.person);
	audit_add(w, "session.end", a->email, "which=all");
	return DONE;
}

static enum outcome
list(struct work *w, void *context)
{
	const struct asked *a = context;
	struct account_list all;

	account_list(w, a->organisation.id, &all);
	for (int i = 0; i < all.count; i++) {
		const struct account *at = &all.at[i];
		struct actor actor = {.kind = ACTOR_CUSTOMER};

		account_grants(w, at->person, at->org, &actor);
		printf("%-40s %-24s %s", at->email, at->name,
			at->disabled ? "disabled" : "");
		for (int g = 0; g < actor.grant_count; g++)
			printf(" %s", actor.grants[g].label
					      ? actor.grants[g].label
					      : role_name(actor.grants[g].role));
		printf("\n");
	}
	return DONE;
}

static bool
add_user(struct errand *e, char **words, struct asked *a)
{
	a->role = role_named(words[2]);
	a->name = words[1];
	if (a->role == ROLE_COUNT) {
		errand_say("there is no role \"%s\"; there are:", words[2]);
		for (enum role r = 0; r < ROLE_LOCAL; r++)
			errand_say("  %s", role_name(r));
		return false;
	}
	if (!errand_organisation(e, "council", &a->organisation))
		return false;
	a->password = ask_password(e);
	return a->password && errand_write(e, a->organisation.id, add, a);
}

static bool
change_password(struct errand *e, char **words, struct asked *a)
{
	(void)words;
	a->password = ask_password(e);
	return a->password && errand_write(e, 0, set_password, a);
}

static bool
disable(struct errand *e, char **words, struct asked *a)
{
	(void)words;
	a->disabled = true;
	return errand_write(e, 0, set_disabled, a);
}

static bool
enable(struct errand *e, char **words, struct asked *a)
{
	(void)words;
	return errand_write(e, 0, set_disabled, a);
}

/* Also where nobody can do it in the pages: the first who reads the audit. */
static bool
change_role(struct errand *e, char **words, struct asked *a,
	enum outcome (*change)(struct work *w, void *context))
{
	a->role = role_named(words[1]);
	if (a->role >= ROLE_CUSTOMER) {
		errand_say("there is no role \"%s\" for staff", words[1]);
		return false;
	}
	return errand_organisation(e, "council", &a->organisation) &&
	       errand_write(e, a->organisation.id, change, a);
}

static bool
give(struct errand *e, char **words, struct asked *a)
{
	return change_role(e, words, a, give_role);
}

static bool
take(struct errand *e, char **words, struct asked *a)
{
	return change_role(e, words, a, take_role);
}

static bool
sign_out(struct errand *e, char **words, struct asked *a)
{
	(void)words;
	return errand_write(e, 0, end_sessions, a);
}

static bool
list_users(struct errand *e, char **words, struct asked *a)
{
	(void)words;
	if (*e->config->org && !errand_organisation(e, "council", &a->organisation))
		return false;
	return errand_write(e, 0, list, a);
}

static enum outcome
reset_second(struct work *w, void *context)
{
	const struct asked *a = context;
	struct account known;

	if (account_find(w, a->email, &known) != DONE)
		return no_account(a);
	second_factor_reset(w, known.person);
	session_end_all(w, known.person);
	audit_add(w, "second-factor.reset", a->email, "");
	return DONE;
}

static bool
reset_second_factor(struct errand *e, char **words, struct asked *a)
{
	(void)words;
	return errand_write(e, 0, reset_second, a);
}

static enum outcome
seal(struct work *w, void *context)
{
	const struct asked *a = context;

	printf("%s\n", break_glass_seal(w, a->organisation.id, a->email, a->name));
	return DONE;
}

static bool
break_glass(struct errand *e, char **words, struct asked *a)
{
	a->name = words[1];
	return errand_organisation(e, "council", &a->organisation) &&
	       errand_write(e, a->organisation.id, seal, a);
}

/* Printed this once. */
static enum outcome
make_token(struct work *w, void *context)
{
	struct asked *a = context;
	struct account known;
	struct token t = {
		.org = a->organisation.id,
		.name = a->name,
		.role = role_name(a->role),
		.scopes = "",
		.expires = w->now + (int64_t)TOKEN_DAYS * TIMES_DAY,
	};

	if (account_find(w, a->email, &known) != DONE) {
		errand_say("%s has no account", a->email);
		return MISSING;
	}
	t.person = known.person;
	printf("%s\n", token_insert(w, &t));
	audit_add(w, "token.make", arena_printf(w->arena, "token %lld", (long long)t.id),
		t.role);
	return DONE;
}

static bool
add_token(struct errand *e, char **words, struct asked *a)
{
	a->role = role_named(words[1]);
	a->name = words[2];
	if (a->role >= ROLE_CUSTOMER) {
		errand_say("there is no role \"%s\" for a token", words[1]);
		return false;
	}
	return errand_organisation(e, "council", &a->organisation) &&
	       errand_write(e, a->organisation.id, make_token, a);
}

static const struct {
	const char *name;
	int words; /* behind the name; the first is an e-mail address */
	bool (*run)(struct errand *e, char **words, struct asked *a);
} verbs[] = {
	{"add", 3, add_user},
	{"password", 1, change_password},
	{"disable", 1, disable},
	{"enable", 1, enable},
	{"give", 2, give},
	{"take", 2, take},
	{"sign-out", 1, sign_out},
	{"break-glass", 2, break_glass},
	{"second-factor-reset", 1, reset_second_factor},
	{"list", 0, list_users},
	{"token", 3, add_token},
};

static bool
run(struct errand *e, int verb, char **words)
{
	struct asked a = {.email = ""};

	if (verbs[verb].words > 0) {
		a.email = recognise_email(e->arena, words[0]);
		if (!a.email) {
			errand_say("\"%s\" is not an e-mail address", words[0]);
			return false;
		}
	}
	return verbs[verb].run(e, words, &a);
}

int
user_command(const struct config *c)
{
	const int count = sizeof verbs / sizeof *verbs;
	struct errand e;
	int verb = 0;
	bool well;

	while (verb < count && !(c->argument_count > 0 &&
				       strcmp(verbs[verb].name, c->arguments[0]) == 0 &&
				       c->argument_count == verbs[verb].words + 1))
		verb++;
	if (verb == count) {
		errand_say(
			"usage: portreeve user add EMAIL NAME ROLE [--org CODE] | "
			"password EMAIL | disable EMAIL | enable EMAIL | "
			"give EMAIL ROLE [--org CODE] | take EMAIL ROLE [--org CODE] | "
			"sign-out EMAIL | second-factor-reset EMAIL | "
			"break-glass EMAIL NAME [--org CODE] | list | "
			"token EMAIL ROLE NAME [--org CODE]");
		return 2;
	}
	if (!errand_open(&e, c, DB_WRITE))
		return 1;
	well = run(&e, verb, c->arguments + 1);
	errand_close(&e);
	return well ? 0 : 1;
}
