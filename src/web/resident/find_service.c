/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/find_service.h"

#include "format/words.h"
#include "web/say.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	MOST_TERMS = 12, /* words of a question that are looked at */
	MOST_WORDS = 40, /* synonyms of one of them */
	IN_NAME = 10,
	BEGINS_NAME = 6,
	IN_CATEGORY = 3,
	IN_FORM = 2,
	A_TERM = 1000, /* points for each term that is there at all */
};

/* A word of the question with everything that means the same. */
struct term {
	struct bytes words[MOST_WORDS];
	int count;
};

struct terms {
	struct term *at;
	int count;
};

static bool
is_part(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

static char *
small(struct arena *a, const char *text)
{
	char *copy = arena_copy(a, text);

	for (char *c = copy; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c += 'a' - 'A';
	return copy;
}

/* Takes the next word off the front; no bytes at the end. */
static struct bytes
next_word(struct bytes *rest)
{
	struct bytes word;

	while (rest->len && !is_part(*rest->at)) {
		rest->at++;
		rest->len--;
	}
	word = (struct bytes){rest->at, 0};
	while (rest->len && is_part(*rest->at)) {
		rest->at++;
		rest->len--;
		word.len++;
	}
	return word;
}

/* Without the endings that one word has and another form of it has not. */
static struct bytes
stem(struct bytes word)
{
	static const char *const endings[] = {"ings", "ing", "ies", "es", "ed", "s", "y"};

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t n = strlen(endings[i]);

		if (word.len >= n + 3 &&
			memcmp(word.at + word.len - n, endings[i], n) == 0) {
			word.len -= n;
			break;
		}
	}
	if (word.len > 3 && word.at[word.len - 1] == 'e')
		word.len--;
	return word;
}

static bool
has_word(const char *list, struct bytes word)
{
	struct bytes rest = bytes_of(list);
	struct bytes other;

	while ((other = next_word(&rest)).len)
		if (bytes_equal(other, word))
			return true;
	return false;
}

static void
add_word(struct term *t, struct bytes word)
{
	if (t->count < MOST_WORDS)
		t->words[t->count++] = stem(word);
}

/* Each line of the synonyms is a set of words that mean the same here. */
static void
add_synonyms(struct term *t, const char *synonyms, struct bytes word)
{
	struct bytes lines = bytes_of(synonyms);

	while (lines.len) {
		struct bytes line = bytes_cut(&lines, '\n');
		struct bytes rest = line;
		struct bytes other;
		bool in = false;

		while (!in && (other = next_word(&rest)).len)
			in = bytes_equal(stem(other), stem(word));
		while (in && (other = next_word(&line)).len)
			add_word(t, other);
	}
}

static struct terms
read_question(struct work *w, const char *question)
{
	const char *passed_over = say(w, WORD_find_passed_over);
	const char *synonyms = say(w, WORD_find_synonyms);
	struct terms all = {arena_array(w->arena, MOST_TERMS, sizeof *all.at), 0};
	struct bytes rest = bytes_of(small(w->arena, question));
	struct bytes word;

	while (all.count < MOST_TERMS && (word = next_word(&rest)).len) {
		struct term *t = &all.at[all.count];

		if (has_word(passed_over, word))
			continue;
		add_word(t, word);
		add_synonyms(t, synonyms, word);
		all.count++;
	}
	return all;
}

/* How well a text has a term: the whole word, the beginning of one, or not at all. The
 * word itself counts more than what means the same. */
static int
fits(const struct term *t, const char *text, int whole, int begins)
{
	struct bytes rest = bytes_of(text);
	struct bytes word;
	int best = 0;

	while ((word = next_word(&rest)).len) {
		struct bytes stemmed = stem(word);

		for (int i = 0; i < t->count; i++) {
			struct bytes sought = t->words[i];
			int points = 0;

			if (bytes_equal(stemmed, sought))
				points = whole;
			else if (sought.len >= 3 && word.len > sought.len &&
				 memcmp(word.at, sought.at, sought.len) == 0)
				points = begins;
			if (points > 1 && i > 0)
				points--;
			if (points > best)
				best = points;
		}
	}
	return best;
}

struct rated {
	const struct service *service;
	int points;
};

/* A service that has all of the terms goes before any that has only some. */
static int
rate(struct work *w, const struct service *s, const struct terms *terms)
{
	const char *name = small(w->arena, s->name);
	const char *category = small(w->arena, s->category);
	const char *fields = small(w->arena, s->fields);
	int points = 0;

	for (int i = 0; i < terms->count; i++) {
		const struct term *t = &terms->at[i];
		int here = fits(t, name, IN_NAME, BEGINS_NAME);

		if (here == 0)
			here = fits(t, category, IN_CATEGORY, 1);
		if (here == 0)
			here = fits(t, fields, IN_FORM, 1);
		if (here)
			points += here + A_TERM;
	}
	return points;
}

static int
better(const void *a, const void *b)
{
	const struct rated *x = a, *y = b;

	if (x->points != y->points)
		return y->points - x->points;
	return strcmp(x->service->name, y->service->name);
}

void
find_service(struct work *w, const struct service_list *all, const char *question,
	struct service_list *found)
{
	struct terms terms = read_question(w, question);
	struct rated *rated = arena_array(w->arena, (size_t)all->count, sizeof *rated);
	int count = 0;

	for (int i = 0; i < all->count; i++) {
		int points = rate(w, &all->at[i], &terms);

		if (points || strcasecmp(all->at[i].code, question) == 0)
			rated[count++] = (struct rated){&all->at[i], points};
	}
	qsort(rated, (size_t)count, sizeof *rated, better);
	*found = (struct service_list){
		.at = arena_array(w->arena, (size_t)count, sizeof *found->at),
	};
	/* Those with fewer of the words are left out when some have more. */
	while (found->count < count &&
		rated[found->count].points / A_TERM == rated[0].points / A_TERM) {
		found->at[found->count] = *rated[found->count].service;
		found->count++;
	}
}

const char *
find_service_key(struct work *w, const char *name)
{
	const char *verbs = say(w, WORD_find_verbs);
	const char *lower = small(w->arena, name);
	struct bytes rest = bytes_of(lower);
	struct bytes word;

	while ((word = next_word(&rest)).len)
		if (!has_word(verbs, word))
			return name + ((const char *)word.at - lower);
	return name;
}
