/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import/import_people.h"

#include "desk/recognise.h"
#include "store/import_row.h"
#include "store/person.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BATCH = 2000 };

static const char source[] = "people";

enum column {
	ID,
	FIRST,
	LAST,
	EMAIL,
	PHONE,
	NEEDED,
	ADDRESS = NEEDED,
	TOWN,
	POSTCODE,
	UPRN,
	LANGUAGE,
	VIP,
	VULNERABLE,
	ADJUSTMENTS,
	BODY,
	COLUMNS
};

static const char *const headings[COLUMNS] = {
	[ID] = "resident_id",
	[FIRST] = "first_name",
	[LAST] = "last_name",
	[EMAIL] = "email",
	[PHONE] = "phone",
	[ADDRESS] = "address1",
	[TOWN] = "town",
	[POSTCODE] = "postcode",
	[UPRN] = "uprn",
	[LANGUAGE] = "language",
	[VIP] = "vip",
	[VULNERABLE] = "vulnerable",
	[ADJUSTMENTS] = "adjustments",
	[BODY] = "body",
};

struct entry {
	const char *id, *digest;
	struct person person;
};

struct batch {
	struct arena *arena;
	struct import_people *counts;
	struct entry entries[BATCH];
	int count;
	int64_t people, same;
};

/* "12 Elm Road, Southmere" */
static const char *
address_of(struct arena *a, const char *const *text)
{
	if (!*text[TOWN])
		return text[ADDRESS];
	return arena_printf(a, "%s, %s", text[ADDRESS], text[TOWN]);
}

static bool
yes(const char *text)
{
	return strchr("YyTt1", *text) && *text;
}

/* NULL, or what is wrong with the row. */
static const char *
read_entry(struct arena *a, const char *const *text, struct entry *e)
{
	struct person *p = &e->person;

	if (!*text[ID])
		return "there is no resident_id";
	if (!*text[FIRST] && !*text[LAST])
		return "there is no name";
	e->id = text[ID];
	*p = (struct person){
		.name = arena_printf(a, "%s%s%s", text[FIRST],
			*text[FIRST] && *text[LAST] ? " " : "", text[LAST]),
		.email = *text[EMAIL] ? recognise_email(a, text[EMAIL]) : "",
		.phone = *text[PHONE] ? recognise_phone(a, text[PHONE]) : "",
		.body = text[BODY],
		.address = address_of(a, text),
		.postcode = text[POSTCODE],
		.uprn = text[UPRN],
		.adjustments = text[ADJUSTMENTS],
		.language = *text[LANGUAGE] ? text[LANGUAGE] : "en",
		.vip = yes(text[VIP]),
		.vulnerable = yes(text[VULNERABLE]),
	};
	if (!p->email)
		return "the e-mail address cannot be one";
	return p->phone ? NULL : "the telephone number cannot be one";
}

/* Somebody of that name who wrote to us before, from that address. */
static bool
find_person(struct work *w, struct person *p)
{
	struct person found;

	if (!*p->email ||
		person_by_address(w, p->org, "email", p->email, &found) != DONE ||
		strcasecmp(found.name, p->name) != 0)
		return false;
	p->id = found.id;
	return true;
}

static void
save(struct work *w, struct batch *b, const struct entry *e)
{
	struct import_row row;
	struct person p = e->person;
	bool known = import_row_find(w, p.org, source, e->id, &row) == DONE;

	if (known && strcmp(row.digest, e->digest) == 0) {
		b->same++;
		return;
	}
	if (known) {
		const char *id = pairs_get(&row.extra, "person");

		p.id = id ? strtoll(id, NULL, 10) : 0;
		person_update(w, &p);
		row.digest = e->digest;
		import_row_update(w, &row);
	} else {
		if (find_person(w, &p))
			person_update(w, &p);
		else
			person_insert(w, &p);
		row = (struct import_row){
			.org = p.org,
			.source = source,
			.key = e->id,
			.digest = e->digest,
		};
		pairs_add_int(w->arena, &row.extra, "person", p.id);
		import_row_insert(w, &row);
	}
	b->people++;
}

static enum outcome
write_batch(struct work *w, void *context)
{
	struct batch *b = context;

	b->people = b->same = 0;
	for (int i = 0; i < b->count; i++)
		save(w, b, &b->entries[i]);
	return DONE;
}

static bool
flush(struct errand *e, struct batch *b)
{
	if (b->count > 0 && !errand_write(e, b->counts->org, write_batch, b))
		return false;
	b->counts->people += b->people;
	b->counts->same += b->same;
	b->count = 0;
	b->people = b->same = 0;
	arena_reset(b->arena);
	return true;
}

static void
take(struct import_table *t, const int *columns, const struct csv_row *row,
	struct batch *b)
{
	struct entry *e = &b->entries[b->count];
	const char *text[COLUMNS];
	const char *problem;

	for (int i = 0; i < COLUMNS; i++) {
		text[i] = import_table_text(b->arena, row, columns[i]);
		if (!text[i]) {
			import_table_complain(
				t, row->line, "%s is not UTF-8", headings[i]);
			return;
		}
	}
	problem = read_entry(b->arena, text, e);
	if (problem) {
		import_table_complain(t, row->line, "%s", problem);
		return;
	}
	e->person.org = b->counts->org;
	e->digest = import_row_digest(b->arena, row->fields, row->count);
	b->count++;
}

bool
import_people(struct errand *e, struct import_table *t, struct import_people *p)
{
	struct batch *b = arena_alloc(e->arena, sizeof *b);
	const struct csv_row *row;
	int columns[COLUMNS];
	int64_t rows = 0;
	bool well = import_table_columns(t, headings, NEEDED, columns);

	for (int i = NEEDED; i < COLUMNS; i++)
		columns[i] = import_table_column(t, headings[i]);
	b->arena = arena_new();
	b->counts = p;
	while (well && (row = import_table_next(t))) {
		take(t, columns, row, b);
		if (++rows % 10000 == 0)
			errand_say("%lld rows read", (long long)rows);
		if (b->count == BATCH)
			well = flush(e, b);
	}
	well = well && flush(e, b) && !import_table_broken(t);
	arena_free(b->arena);
	return well;
}
