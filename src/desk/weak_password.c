/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/weak_password.h"

#include "password_files.h"
#include "store/team.h"

#include <sodium.h>
#include <string.h>

enum {
	MARK = 4,     /* bytes of a hash that are kept */
	SHORTEST = 5, /* of the words there are marks of */
	AROUND = 6,   /* figures and signs that make nothing of a word */
	SPECIAL = 4,  /* letters of a word of an organisation's name that count */
	WORDS = 200,
};

struct vocabulary {
	struct bytes at[WORDS];
	int count;
};

static bool
is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || c >= 0x80;
}

static struct bytes
small(struct arena *a, const char *text)
{
	char *out = arena_copy(a, text);

	for (char *c = out; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 32);
	return bytes_of(out);
}

/* The marks are sorted. */
static bool
is_known(struct bytes word)
{
	const struct embedded *file = &password_files[0];
	unsigned char mark[32];
	size_t low = 0, high = file->length / MARK;

	if (word.len < SHORTEST)
		return false;
	crypto_generichash(mark, sizeof mark, word.at, word.len, NULL, 0);
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = memcmp(mark, file->text + middle * MARK, MARK);

		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

static bool
is_of_one_character(struct bytes b)
{
	return b.len > 0 && memcmp(b.at, b.at + 1, b.len - 1) == 0;
}

/* Each character follows the one before, or precedes it; 0 and 9 are neighbours. */
static bool
is_run(struct bytes b)
{
	size_t up = 0, down = 0;

	for (size_t i = 1; i < b.len; i++) {
		unsigned char a = b.at[i - 1], c = b.at[i];

		up += c == a + 1 || (a == '9' && c == '0');
		down += a == c + 1 || (a == '0' && c == '9');
	}
	return b.len > 1 && (up == b.len - 1 || down == b.len - 1);
}

static bool
is_twice(struct bytes b)
{
	size_t half = b.len / 2;

	return b.len % 2 == 0 && memcmp(b.at, b.at + half, half) == 0 &&
	       is_known((struct bytes){b.at, half});
}

/* The word without figures and signs around it. */
static struct bytes
core_of(struct bytes b)
{
	while (b.len > 0 && !is_letter(*b.at))
		b = (struct bytes){b.at + 1, b.len - 1};
	while (b.len > 0 && !is_letter(b.at[b.len - 1]))
		b.len--;
	return b;
}

static void
learn(struct vocabulary *v, struct bytes word)
{
	if (v->count < WORDS && word.len >= SPECIAL)
		v->at[v->count++] = word;
}

static void
learn_words(struct vocabulary *v, struct bytes name)
{
	size_t n = 0;

	for (size_t i = 0; i <= name.len; i++) {
		if (i < name.len && is_letter(name.at[i])) {
			n++;
			continue;
		}
		learn(v, (struct bytes){name.at + i - n, n});
		n = 0;
	}
}

static void
learn_context(struct work *w, struct vocabulary *v)
{
	static const char *const trade[] = {"portreeve", "council", "borough", "county",
		"district", "city", "service", "services", "servicedesk", "helpdesk",
		"desk", "digital", "resident", "residents", "staff", "analyst", "manager",
		"leader", "admin", "administrator", "system", "support", "ticket",
		"password", "welcome", "letmein", "changeme", "secret", "login"};
	struct organisation_list list;

	for (size_t i = 0; i < sizeof trade / sizeof *trade; i++)
		learn(v, bytes_of(trade[i]));
	team_organisations(w, &list);
	for (int i = 0; i < list.count; i++) {
		learn_words(v, small(w->arena, list.at[i].name));
		learn_words(v, small(w->arena, list.at[i].code));
	}
}

/* One or two words of the vocabulary, signs between them not counted. */
static bool
is_of_context(const struct vocabulary *v, struct bytes core)
{
	for (int i = 0; i < v->count; i++) {
		struct bytes front = v->at[i], rest;

		if (core.len < front.len || memcmp(core.at, front.at, front.len) != 0)
			continue;
		rest = core_of((struct bytes){core.at + front.len, core.len - front.len});
		if (rest.len == 0)
			return true;
		for (int k = 0; k < v->count; k++)
			if (v->at[k].len == rest.len &&
				memcmp(v->at[k].at, rest.at, rest.len) == 0)
				return true;
	}
	return false;
}

bool
weak_password(struct work *w, const char *password)
{
	struct vocabulary *v = arena_alloc(w->arena, sizeof *v);
	struct bytes whole = small(w->arena, password);
	struct bytes core = core_of(whole);

	v->count = 0;
	if (is_known(whole) || is_of_one_character(whole) || is_run(whole) ||
		is_twice(whole))
		return true;
	if (whole.len - core.len > AROUND)
		return false;
	if (is_known(core) || is_twice(core))
		return true;
	learn_context(w, v);
	return is_of_context(v, core);
}
