/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/roles_page.h"

#include "desk/roles.h"
#include "web/admin/admin_page.h"
#include "web/admin/roles_form.h"
#include "web/say.h"
#include "web/staff/staff_words.h"

#include <inttypes.h>
#include <string.h>

static const char *
name_of(struct work *w, const struct role_row *r)
{
	return staff_words_role_text(w, r->role, r->label);
}

/* The list names at most this many rights of a role, those that fewest others have; its
 * own page has all. */
enum { SHOWN = 3 };

static int
roles_with(const struct role_row_list *list, enum right r)
{
	int count = 0;

	for (int i = 0; i < list->count; i++)
		count += (list->at[i].rights & RIGHT_BIT(r)) != 0;
	return count;
}

static const char *
what_sets_apart(struct work *w, const struct role_row_list *list, uint64_t rights)
{
	uint64_t some = 0;
	int left = 0;

	for (int n = 0; n < SHOWN; n++) {
		enum right rarest = RIGHT_NONE;

		for (enum right r = RIGHT_NONE + 1; r < RIGHT_COUNT; r++)
			if (rights & ~some & RIGHT_BIT(r) &&
				(rarest == RIGHT_NONE ||
					roles_with(list, r) < roles_with(list, rarest)))
				rarest = r;
		if (rarest != RIGHT_NONE)
			some |= RIGHT_BIT(rarest);
	}
	for (enum right r = RIGHT_NONE + 1; r < RIGHT_COUNT; r++)
		left += (rights & ~some & RIGHT_BIT(r)) != 0;
	if (left == 0)
		return roles_form_words(w, some);
	return arena_printf(w->arena, "%s\n%s", roles_form_words(w, some),
		words_text(w->arena, w->words, WORD_roles_and_more,
			words_values(word_value("count", (int64_t)left))));
}

static void
fill_roles(struct work *w, const struct role_row_list *list, struct ledger_view *v)
{
	static const struct ledger_column heads[] = {{WORD_roles_name, false},
		{WORD_roles_kind, false}, {WORD_roles_holders, false},
		{WORD_roles_may, false}};
	static const struct ledger_columns columns = {heads, 4};
	struct ledger_table *t = ledger_table(w, v, &columns, list->count);

	for (int i = 0; i < list->count; i++) {
		const struct role_row *role = &list->at[i];
		struct ledger_row *row = ledger_row(w, t, name_of(w, role),
			arena_printf(w->arena, "/admin/roles/%s", role->name));

		ledger_cell(
			row, say(w, role->role == ROLE_LOCAL ? WORD_roles_kind_local
							     : WORD_roles_kind_standard));
		ledger_cell(
			row, words_text(w->arena, w->words, WORD_roles_holders_count,
				     words_values(word_value("count", role->holders))));
		ledger_cell(row, what_sets_apart(w, list, role->rights));
	}
}

static void
ask_new(struct work *w, const struct request *q, const struct role_row_list *list,
	struct ledger_view *v)
{
	struct roles_form f = roles_form(w, q, v, "/admin", "roles");
	struct part_input *input;
	struct part_choice *at;

	roles_form_say(&f, WORD_roles_new, WORD_roles_make_lead, WORD_roles_make_send);
	roles_form_ask(&f, "label", WORD_roles_label, "");
	at = roles_form_select(&f, "like", WORD_roles_like, list->count + 1, &input);
	at[0] = (struct part_choice){.value = "", .label = say(w, WORD_roles_like_none)};
	for (int i = 0; i < list->count; i++)
		at[i + 1] = (struct part_choice){
			.value = list->at[i].name,
			.label = name_of(w, &list->at[i]),
			.chosen = strcmp(input->value, list->at[i].name) == 0,
		};
	roles_form_reason(&f);
}

enum outcome
roles_page_list(struct work *w, const struct request *q, struct reply *r)
{
	struct role_row_list list;
	struct ledger_view v;

	role_row_list(w, w->actor->org, &list);
	ledger_begin(w, q, &v, WORD_roles_title, SECTION_ADMIN);
	v.ways = admin_page_ways(w, WORD_roles_title);
	v.lead = say(w, *query_text(q, "done") ? WORD_roles_saved : WORD_roles_lead);
	ask_new(w, q, &list, &v);
	fill_roles(w, &list, &v);
	return ledger_print(w, &v, r);
}

enum outcome
roles_page_make(struct work *w, const struct request *q, struct reply *r)
{
	const char *name = "";
	enum outcome end = roles_make(w, form_text(q, "label"), form_text(q, "like"),
		form_text(q, "reason"), &name);

	if (end == INVALID)
		return roles_page_list(w, q, r);
	return end == DONE ? reply_see_other(r, "/admin/roles/%s?done=1", name) : end;
}

static void
fill_people(struct work *w, const struct role_row *role, struct ledger_view *v)
{
	static const struct ledger_column heads[] = {{WORD_report_name, false},
		{WORD_person_email, false}, {WORD_admin_state, false}};
	static const struct ledger_columns columns = {heads, 3};
	struct account_role_list list;
	struct ledger_table *t;

	account_roles(w, w->actor->org, &list);
	t = ledger_table(w, v, &columns, list.count);
	t->title = say(w, WORD_roles_people);
	t->empty = say(w, WORD_roles_nobody);
	for (int i = 0; i < list.count; i++) {
		const struct account_role *k = &list.at[i];
		struct ledger_row *row;

		if (strcmp(k->role_name, role->name) != 0)
			continue;
		row = ledger_row(w, t, k->name,
			arena_printf(w->arena, "/admin/accounts/%" PRId64, k->person));
		ledger_cell(row, k->email);
		ledger_cell(row,
			say(w, k->disabled ? WORD_admin_disabled : WORD_admin_enabled));
	}
}

static void
ask_change(struct work *w, const struct request *q, const struct role_row *role,
	const char *front, struct ledger_view *v)
{
	struct roles_form f = roles_form(w, q, v, front, "change");
	uint64_t mine = roles_gives(w);

	roles_form_say(
		&f, WORD_roles_change, WORD_roles_change_lead, WORD_roles_change_send);
	if (role->role == ROLE_LOCAL)
		roles_form_ask(&f, "label", WORD_roles_label, role->label);
	roles_form_rights(
		&f, "rights", WORD_roles_rights, mine | role->rights, role->rights);
	roles_form_rights(&f, "gives", WORD_roles_gives, mine | role->gives, role->gives);
	((struct part_input *)(uintptr_t)f.form->inputs.at)[f.form->inputs.count - 1]
		.hint = say(w, WORD_roles_gives_hint);
	roles_form_reason(&f);
}

static void
ask_give(
	struct work *w, const struct request *q, const char *front, struct ledger_view *v)
{
	struct roles_form f = roles_form(w, q, v, front, "people");
	struct part_input *email;

	roles_form_say(&f, WORD_roles_give_it, WORD_NONE, WORD_roles_give_send);
	email = roles_form_ask(&f, "email", WORD_roles_email, "");
	email->type = "email";
	email->no_spelling = true;
	roles_form_reason(&f);
}

enum outcome
roles_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct role_row role;
	struct ledger_view v;
	const char *front;

	if (role_row_get(w, w->actor->org, path_part(q, "role"), &role) != DONE)
		return MISSING;
	front = arena_printf(w->arena, "/admin/roles/%s", role.name);
	ledger_begin(w, q, &v, WORD_roles_title, SECTION_ADMIN);
	v.ways = admin_page_ways(w, WORD_NONE);
	v.heading = v.page.title_text = name_of(w, &role);
	if (*query_text(q, "done"))
		v.lead = say(w, WORD_roles_saved);
	ledger_fact(w, &v, WORD_roles_kind,
		say(w, role.role == ROLE_LOCAL ? WORD_roles_kind_local
					       : WORD_roles_kind_standard));
	ledger_fact(w, &v, WORD_roles_rights, roles_form_words(w, role.rights));
	if (role.gives)
		ledger_fact(w, &v, WORD_roles_gives, roles_form_words(w, role.gives));
	ask_give(w, q, front, &v);
	ask_change(w, q, &role, front, &v);
	if (role.role == ROLE_LOCAL && role.holders == 0) {
		struct roles_form f = roles_form(w, q, &v, front, "remove");

		roles_form_say(&f, WORD_roles_remove, WORD_NONE, WORD_roles_remove_send);
		f.form->warning = true;
		roles_form_reason(&f);
	}
	fill_people(w, &role, &v);
	return ledger_print(w, &v, r);
}

/* After a deed: the role with "Saved", or with the problems. */
static enum outcome
finish(struct work *w, const struct request *q, enum outcome end, struct reply *r)
{
	if (end == INVALID)
		return roles_page_show(w, q, r);
	return end == DONE ? reply_see_other(
				     r, "/admin/roles/%s?done=1", path_part(q, "role"))
			   : end;
}

enum outcome
roles_page_change(struct work *w, const struct request *q, struct reply *r)
{
	struct roles_change c = {
		.label = form_text(q, "label"),
		.rights = roles_form_ticked(q, "rights"),
		.gives = roles_form_ticked(q, "gives"),
		.reason = form_text(q, "reason"),
	};

	return finish(w, q, roles_change(w, path_part(q, "role"), &c), r);
}

/* A form that asks for no role: what is wrong with it is said elsewhere. */
static void
blame(struct work *w, const char *field)
{
	for (int i = 0; i < w->problems.count; i++)
		if (strcmp(w->problems.at[i].field, "role") == 0)
			w->problems.at[i].field = field;
}

enum outcome
roles_page_give(struct work *w, const struct request *q, struct reply *r)
{
	struct roles_deed d = {
		.role = path_part(q, "role"),
		.reason = form_text(q, "reason"),
	};
	struct account a;
	struct role_row role;
	enum outcome end = INVALID;

	if (role_row_get(w, w->actor->org, d.role, &role) != DONE)
		return MISSING;
	if (roles_by_email(w, form_text(q, "email"), &a) == DONE) {
		d.person = a.person;
		end = roles_give(w, &d);
		if (end == MISSING)
			end = work_problem(w, "email", "problem.roles.email");
	} else {
		(void)work_problem(w, "email", "problem.roles.email");
	}
	blame(w, "email");
	return finish(w, q, end, r);
}

enum outcome
roles_page_remove(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = roles_remove(w, path_part(q, "role"), form_text(q, "reason"));

	blame(w, "reason");
	return end == DONE ? reply_see_other(r, "/admin/roles?done=1")
			   : finish(w, q, end, r);
}
