/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/role_row.h"

void
role_row_seed(struct work *w, int64_t org)
{
	for (enum role r = 0; r < ROLE_CUSTOMER; r++)
		db_run(w->db,
			"insert into role (org, name, rights) values ($1, $2, $3)"
			" on conflict do nothing",
			org, role_name(r),
			access_rights_text(w->arena, access_standard(r)));
}

void
role_row_list(struct work *w, int64_t org, struct role_row_list *list)
{
	*list = (struct role_row_list){.count = 0};
	for (enum role r = 0; r < ROLE_CUSTOMER; r++)
		list->at[list->count++] = (struct role_row){
			.role = r,
			.rights = role_row_rights(w, org, r),
		};
}

void
role_row_save(struct work *w, int64_t org, enum role r, uint64_t rights)
{
	db_run(w->db,
		"insert into role (org, name, rights) values ($1, $2, $3)"
		" on conflict (org, name) do update set rights = $3",
		org, role_name(r), access_rights_text(w->arena, rights));
}

uint64_t
role_row_rights(struct work *w, int64_t org, enum role r)
{
	const char *words = db_text(w->db, w->arena,
		"select rights from role where org = $1 and name = $2", org,
		role_name(r));

	return words ? access_rights_of(words) : 0;
}
