/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo/demo_cast.h"

#include "app/founding.h"
#include "app/import/import_table.h"
#include "desk/recognise.h"
#include "store/account.h"
#include "store/person.h"

#include <string.h>

enum { MOST = 200 };

enum column { ORG, KEY, NAME, ROLE, TEAMS, ACCOUNT, VIP, BODY, PHONE, COLUMNS };

static const char *const headings[COLUMNS] = {
	[ORG] = "org",
	[KEY] = "key",
	[NAME] = "name",
	[ROLE] = "role",
	[TEAMS] = "teams",
	[ACCOUNT] = "account",
	[VIP] = "vip",
	[BODY] = "body",
	[PHONE] = "phone",
};

int64_t
demo_cast_org(const char *code)
{
	if (strcmp(code, "southmere") == 0)
		return DEMO_SOUTHMERE;
	return strcmp(code, "ict") == 0 ? DEMO_ICT : 0;
}

static bool
read_member(struct arena *a, const int *columns, const struct csv_row *row,
	struct demo_member *m)
{
	const char *text[COLUMNS];

	for (int i = 0; i < COLUMNS; i++)
		text[i] = import_table_text(a, row, columns[i]);
	*m = (struct demo_member){
		.org = demo_cast_org(text[ORG]),
		.key = text[KEY],
		.name = text[NAME],
		.email = arena_printf(a, "%s@%s.example.org", text[KEY], text[ORG]),
		.body = text[BODY],
		.phone = *text[PHONE] ? recognise_phone(a, text[PHONE]) : "",
		.teams = text[TEAMS],
		.role = role_named(text[ROLE]),
		.account = *text[ACCOUNT] == 'Y',
		.vip = *text[VIP] == 'Y',
	};
	return m->org != 0 && m->role != ROLE_COUNT && m->phone;
}

bool
demo_cast_read(struct arena *a, struct demo_cast *cast)
{
	struct import_table *t = import_table_over(
		a, "staff.csv", founding_seed("staff.csv"));
	const struct csv_row *row;
	int columns[COLUMNS];

	*cast = (struct demo_cast){.at = arena_array(a, MOST, sizeof *cast->at)};
	if (!t || !import_table_columns(t, headings, COLUMNS, columns))
		return false;
	while ((row = import_table_next(t)) && cast->count < MOST)
		if (read_member(a, columns, row, &cast->at[cast->count]))
			cast->count++;
		else
			import_table_complain(t, row->line, "it cannot be read");
	return import_table_bad(t) == 0;
}

static const char *
team_kind(const char *name, enum role role)
{
	if (role == ROLE_SUPPLIER)
		return "supplier";
	if (role == ROLE_PARTNER)
		return "partner";
	return strcmp(name, "Service Desk") == 0 || strcmp(name, "Customer Services") == 0
		       ? "desk"
		       : "resolver";
}

static void
join_teams(struct work *w, const struct demo_member *m)
{
	struct bytes rest = bytes_of(m->teams);

	while (rest.len > 0) {
		struct bytes name = bytes_cut(&rest, ';');
		const char *text = arena_text(w->arena, name.at, name.len);

		team_join(w, m->org,
			team_ensure(w, m->org, text, team_kind(text, m->role)),
			m->person);
	}
}

static void
write_member(struct work *w, struct demo_member *m)
{
	struct person p;

	if (person_by_address(w, m->org, "email", m->email, &p) != DONE) {
		p = (struct person){
			.org = m->org,
			.name = m->name,
			.email = m->email,
			.phone = m->phone,
			.body = m->body,
			.vip = m->vip,
		};
		person_insert(w, &p);
	}
	m->person = p.id;
	if (m->role != ROLE_CUSTOMER)
		account_grant(w, m->org, m->person, m->role);
	join_teams(w, m);
}

void
demo_cast_write(struct work *w, struct demo_cast *cast)
{
	for (int i = 0; i < cast->count; i++)
		write_member(w, &cast->at[i]);
}

const struct demo_member *
demo_cast_find(const struct demo_cast *cast, int64_t org, const char *key)
{
	for (int i = 0; i < cast->count; i++)
		if (cast->at[i].org == org && strcmp(cast->at[i].key, key) == 0)
			return &cast->at[i];
	return NULL;
}
