/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "rule/answer.h"

#include <string.h>

enum { PARTS = 6 };

static const struct date today = {2026, 3, 2};

/* What is stored is an answer whose stored form it is itself. */
static void
check_stored(struct arena *a, const struct field *f, const char *text)
{
	bool many = f->type == FIELD_MULTI || f->type == FIELD_FILE;
	struct bytes rest = bytes_of(text);
	const char *parts[FORM_CHOICES];
	struct answer again = {parts, 0};
	struct verdict v;

	while (many && rest.len > 0) {
		struct bytes part = bytes_cut(&rest, ';');
		parts[again.count++] = arena_text(a, part.at, part.len);
	}
	if (!many)
		parts[again.count++] = text;
	/* Money is stored in pence and typed in pounds. */
	if (f->type == FIELD_MONEY)
		parts[0] = arena_printf(a, "%.*s.%s", (int)strlen(text) - 2, text,
			strlen(text) > 2 ? text + strlen(text) - 2 : "0");
	if (f->type == FIELD_MONEY && strlen(text) <= 2)
		return;
	v = answer_check(a, f, &again, today);
	fuzz_require(v.text && strcmp(v.text, text) == 0);
}

static void
check_answer(struct arena *a, const struct field *f, struct bytes in)
{
	const char *parts[PARTS];
	struct answer answer = {parts, 0};
	struct verdict v;

	while (in.len > 0 && answer.count < PARTS) {
		const char *part = bytes_text(a, bytes_cut(&in, '|'));

		if (!part)
			return;
		parts[answer.count++] = part;
	}
	v = answer_check(a, f, &answer, today);
	fuzz_require(!v.text == !!v.problem);
	if (!v.text || !*v.text)
		return;
	fuzz_require(bytes_are_text(bytes_of(v.text)));
	check_stored(a, f, v.text);
}

/* The first line is a form, the rest an answer to each of its fields. */
void
fuzz_one(struct arena *a, struct bytes in)
{
	const char *text = bytes_text(a, bytes_cut(&in, '\n'));
	struct buffer again = buffer_in(a, 0);
	struct form_error e = {0};
	struct form f;

	if (!text)
		return;
	if (!form_parse(a, text, &f, &e)) {
		fuzz_require(e.what && e.at >= 1 && e.at <= (int)strlen(text) + 1);
		return;
	}
	form_write(&again, &f);
	fuzz_require(strcmp(buffer_text(&again), text) == 0);
	for (int i = 0; i < f.count; i++) {
		fuzz_require(*form_label(a, f.fields[i].name));
		check_answer(a, &f.fields[i], in);
	}
}
