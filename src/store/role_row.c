/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/role_row.h"

#include "store/parting.h"

enum { MOST = 200 };

void
role_row_seed(struct work *w, int64_t org)
{
	for (enum role r = 0; r < ROLE_CUSTOMER; r++)
		db_run(w->db,
			"insert into role (org, name, rights, gives)"
			" values ($1, $2, $3, $4) on conflict do nothing",
			org, role_name(r),
			access_rights_text(w->arena, access_standard(r)),
			access_rights_text(w->arena, access_standard_gives(r)));
}

#define ROLE                                                                            \
	"select r.name, r.label, r.rights, r.gives, (select count(*) from role_grant g" \
	" join account a on a.person = g.person"                                        \
	" where g.org = r.org and g.role = r.name) from role r"

static struct role_row
read_row(struct work *w, const struct rows *r)
{
	const char *name = row_copy(r, 0, w->arena);
	enum role role = role_named(name);

	return (struct role_row){
		.role = role == ROLE_COUNT ? ROLE_LOCAL : role,
		.name = name,
		.label = row_copy(r, 1, w->arena),
		.rights = access_rights_of(row_text(r, 2)),
		.gives = access_rights_of(row_text(r, 3)),
		.holders = row_int(r, 4),
	};
}

void
role_row_list(struct work *w, int64_t org, struct role_row_list *list)
{
	struct role_row *all = arena_array(w->arena, MOST, sizeof *all);
	struct rows r = db_query(w->db,
		ROLE " where r.org = $1 order by r.label, r.name limit $2", org, MOST);
	int count = 0;

	*list = (struct role_row_list){
		.at = arena_array(w->arena, MOST, sizeof *list->at),
	};
	while (rows_next(&r))
		all[count++] = read_row(w, &r);
	for (enum role role = 0; role <= ROLE_LOCAL; role++)
		for (int i = 0; i < count; i++)
			if (all[i].role == role)
				list->at[list->count++] = all[i];
}

enum outcome
role_row_get(struct work *w, int64_t org, const char *name, struct role_row *row)
{
	struct rows r = db_query(
		w->db, ROLE " where r.org = $1 and r.name = $2", org, name);

	if (!rows_next(&r))
		return MISSING;
	*row = read_row(w, &r);
	rows_end(&r);
	return DONE;
}

void
role_row_save(struct work *w, int64_t org, enum role r, uint64_t rights)
{
	db_run(w->db,
		"insert into role (org, name, rights) values ($1, $2, $3)"
		" on conflict (org, name) do update set rights = $3",
		org, role_name(r), access_rights_text(w->arena, rights));
	parting_of_everybody(w);
}

void
role_row_put(struct work *w, int64_t org, const struct role_row *r)
{
	db_run(w->db,
		"insert into role (org, name, rights, gives, label)"
		" values ($1, $2, $3, $4, $5) on conflict (org, name)"
		" do update set rights = $3, gives = $4, label = $5",
		org, r->name, access_rights_text(w->arena, r->rights),
		access_rights_text(w->arena, r->gives), r->label);
	parting_of_everybody(w);
}

bool
role_row_remove(struct work *w, int64_t org, const char *name)
{
	return db_run(w->db,
		       "delete from role where org = $1 and name = $2 and label <> ''"
		       " and not exists (select 1 from role_grant g"
		       " where g.org = $1 and g.role = $2)",
		       org, name) == 1;
}

uint64_t
role_row_rights(struct work *w, int64_t org, enum role r)
{
	const char *words = db_text(w->db, w->arena,
		"select rights from role where org = $1 and name = $2", org,
		role_name(r));

	return words ? access_rights_of(words) : 0;
}

uint64_t
role_row_gives(struct work *w, int64_t org, int64_t person)
{
	struct rows r = db_query(w->db,
		"select r.gives from role_grant g"
		" join role r on r.org = g.org and r.name = g.role"
		" where g.org = $1 and g.person = $2",
		org, person);
	uint64_t gives = 0;

	while (rows_next(&r))
		gives |= access_rights_of(row_text(&r, 0));
	return gives;
}

int64_t
role_row_administrators(struct work *w, int64_t org)
{
	return db_int(w->db, 0,
		"select count(distinct g.person) from role_grant g"
		" join role r on r.org = g.org and r.name = g.role"
		" join account a on a.person = g.person"
		" where g.org = $1 and a.disabled = 0"
		" and ' ' || r.rights || ' ' like '% admin %'"
		" and not exists (select 1 from break_glass b where b.person = g.person)",
		org);
}

void
role_row_hold(struct work *w, int64_t org)
{
	db_run(w->db, "update role set rights = rights where org = $1 and name = $2", org,
		role_name(ROLE_ADMINISTRATOR));
}
