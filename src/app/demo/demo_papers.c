/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo/demo_papers.h"

#include "desk/sign_in.h"
#include "format/json.h"
#include "format/jsonout.h"
#include "store/account.h"
#include "store/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 1024 * 1024 };

static const char token_name[] = "demonstration";

/* The file whole, or no bytes. */
static struct bytes
read_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	unsigned char *at;
	size_t n;

	if (!f)
		return (struct bytes){0};
	at = arena_alloc(a, LARGEST);
	n = fread(at, 1, LARGEST, f);
	fclose(f);
	return (struct bytes){at, n};
}

static const char *
token_of(const struct json *all, const char *organisation)
{
	const struct json *tokens = json_get(all, "tokens");

	for (int i = 0; tokens && i < tokens->count; i++) {
		const char *name = json_words(
			json_get(&tokens->items[i], "organisation"));

		if (name && strcmp(name, organisation) == 0)
			return json_words(json_get(&tokens->items[i], "token"));
	}
	return NULL;
}

void
demo_papers_read(struct arena *a, const char *path, struct demo_papers *p)
{
	struct bytes file = *path ? read_file(a, path) : (struct bytes){0};
	const char *problem;
	const struct json *all = file.len ? json_read(a, file, &problem) : NULL;
	const struct json *people = json_get(all, "people");

	if (people && people->kind == JSON_KIND_LIST && people->count > 0)
		p->password = json_words(json_get(&people->items[0], "password"));
	for (int64_t org = 1; org <= DEMO_ORGS; org++)
		p->tokens[org] = token_of(all, p->organisations[org]);
}

/* Does the password of the file open every account? They all have the same hash. */
static bool
still_open(struct work *w, const struct demo_papers *p)
{
	const char *verified = NULL;

	for (int i = 0; p->password && i < p->cast->count; i++) {
		const struct demo_member *m = &p->cast->at[i];
		struct account known;

		if (!m->account)
			continue;
		if (account_find(w, m->email, &known) != DONE || known.disabled)
			return false;
		if (verified && strcmp(verified, known.password) == 0)
			continue;
		if (crypto_pwhash_str_verify(
			    known.password, p->password, strlen(p->password)) != 0)
			return false;
		verified = known.password;
	}
	return verified != NULL;
}

/* "k7mt-9qxa-3fhe-p2rb": 80 random bits, easily typed. */
static const char *
new_password(struct arena *a)
{
	const char *t = secret_token(a);

	return arena_printf(a, "%.4s-%.4s-%.4s-%.4s", t, t + 4, t + 8, t + 12);
}

void
demo_papers_invent(struct arena *a, struct demo_papers *p)
{
	if (!p->password || strlen(p->password) < 10)
		p->password = new_password(a);
	for (int64_t org = 1; org <= DEMO_ORGS; org++)
		if (!p->tokens[org] || strlen(p->tokens[org]) < 20)
			p->tokens[org] = secret_token(a);
}

static void
reset_accounts(struct work *w, const struct demo_papers *p)
{
	/* One hash for all: they have one password, and a good hash takes its time. */
	const char *stored = sign_in_password(w, p->password, NULL);

	for (int i = 0; stored && i < p->cast->count; i++) {
		const struct demo_member *m = &p->cast->at[i];

		if (m->account)
			account_save(w, &(struct account){.org = m->org,
						.person = m->person,
						.email = m->email,
						.password = stored});
	}
}

static bool
token_works(struct work *w, const char *token, int64_t org)
{
	struct actor actor;

	return token && account_by_token(w, token, &actor) == DONE && actor.org == org;
}

enum outcome
demo_papers_issue(struct work *w, void *context)
{
	struct demo_papers *p = context;

	p->kept = still_open(w, p);
	if (!p->kept)
		reset_accounts(w, p);
	for (int64_t org = 1; org <= DEMO_ORGS; org++) {
		const struct demo_member *m = demo_cast_find(
			p->cast, org, "administrator");

		if (token_works(w, p->tokens[org], org))
			continue;
		account_end_tokens(w, org, token_name);
		account_add_token(w, p->tokens[org], org, m ? m->person : 0, token_name,
			ROLE_SYSTEM);
	}
	return DONE;
}

static void
write_person(struct jsonout *j, const struct demo_papers *p, const struct demo_member *m,
	const char *role)
{
	jsonout_record(j);
	jsonout_member(j, "role", role);
	jsonout_member(j, "organisation", p->organisations[m->org]);
	jsonout_member(j, "email", m->email);
	jsonout_member(j, "password", p->password);
	jsonout_end(j);
}

static void
write_json(struct buffer *b, const char *base, const struct demo_papers *p)
{
	struct jsonout j = jsonout_to(b);

	jsonout_record(&j);
	jsonout_member(&j, "base", base);
	jsonout_name(&j, "people");
	jsonout_list(&j);
	for (int i = 0; i < p->cast->count; i++) {
		const struct demo_member *m = &p->cast->at[i];

		if (!m->account)
			continue;
		write_person(&j, p, m, m->key);
		/* The same person under the other word for them. */
		if (m->role == ROLE_ANALYST)
			write_person(&j, p, m, "agent");
	}
	jsonout_end(&j);
	jsonout_name(&j, "tokens");
	jsonout_list(&j);
	for (int64_t org = 1; org <= DEMO_ORGS; org++) {
		jsonout_record(&j);
		jsonout_member(&j, "role", role_name(ROLE_SYSTEM));
		jsonout_member(&j, "organisation", p->organisations[org]);
		jsonout_member(&j, "token", p->tokens[org]);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	buffer_char(b, '\n');
}

bool
demo_papers_write(const char *path, const char *base, const struct demo_papers *p)
{
	struct arena *a = arena_new();
	struct buffer b = buffer_in(a, 16 * 1024);
	const char *part = arena_printf(a, "%s.part", path);
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool well;

	write_json(&b, base, p);
	well = fd >= 0 && write(fd, b.at, b.len) == (ssize_t)b.len && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	well = well && rename(part, path) == 0;
	if (!well)
		errand_say("%s: %s", path, strerror(errno));
	arena_free(a);
	return well;
}

void
demo_papers_print(const struct demo_papers *p)
{
	printf("%-22s %-18s %s\n", "role", "organisation", "e-mail address");
	for (int i = 0; i < p->cast->count; i++) {
		const struct demo_member *m = &p->cast->at[i];

		if (m->account)
			printf("%-22s %-18s %s\n", m->key, p->organisations[m->org],
				m->email);
	}
	printf("password of all of them: %s\n", p->password);
}
