/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_accounts.h"

#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "desk/roles.h"
#include "desk/sessions.h"
#include "store/team.h"

#include <string.h>

/* --- accounts ----------------------------------------------------------------------- */

/* The roles of one person, whose rows stand together from *i on. */
static void
roles_of(struct jsonout *j, const struct account_role_list *list, int *i)
{
	int64_t person = list->at[*i].person;

	api_door_open_list(j, "roles");
	for (; *i < list->count && list->at[*i].person == person; ++*i)
		jsonout_text(j, list->at[*i].role_name);
	jsonout_end(j);
}

enum outcome
api_accounts_list(struct work *w, const struct request *q, struct reply *r)
{
	struct account_role_list list;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	(void)q;
	if (end != DONE)
		return end;
	account_roles(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "accounts");
	for (int i = 0; i < list.count;) {
		const struct account_role *a = &list.at[i];

		jsonout_record(&j);
		jsonout_member_id(&j, "person", a->person);
		jsonout_member(&j, "name", a->name);
		jsonout_member(&j, "email", a->email);
		jsonout_member_truth(&j, "disabled", a->disabled);
		roles_of(&j, &list, &i);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

static void
show_teams(struct work *w, struct jsonout *j, int64_t person)
{
	struct team_list teams;

	team_of_person(w, w->actor->org, person, &teams);
	api_door_open_list(j, "teams");
	for (int i = 0; i < teams.count; i++) {
		jsonout_record(j);
		jsonout_member_id(j, "id", teams.at[i].id);
		jsonout_member(j, "name", teams.at[i].name);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static enum outcome
answer(struct work *w, int64_t person, struct reply *r)
{
	struct account_role_list list;
	struct account a;
	struct jsonout j;

	if (roles_person(w, person, &a) != DONE)
		return api_door_refuse(w, r, MISSING);
	account_roles(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_id(&j, "person", a.person);
	jsonout_member(&j, "name", a.name);
	jsonout_member(&j, "email", a.email);
	jsonout_member_truth(&j, "disabled", a.disabled);
	jsonout_member_truth(&j, "at_home", a.org == w->actor->org);
	api_door_open_list(&j, "roles");
	for (int i = 0; i < list.count; i++)
		if (list.at[i].person == person)
			jsonout_text(&j, list.at[i].role_name);
	jsonout_end(&j);
	show_teams(w, &j, person);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_accounts_show(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	return end == DONE ? answer(w, api_body_part(q, "person"), r) : end;
}

enum outcome
api_accounts_do(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const struct roles_deed d = {
		.person = api_body_part(q, "person"),
		.role = api_body_text(body, "role"),
		.team = api_body_id(body, "team"),
		.reason = api_body_text(body, "reason"),
	};
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	return api_door_nothing(w, r, roles_do(w, strrchr(q->path, '/') + 1, &d));
}

/* --- sessions ----------------------------------------------------------------------- */

enum outcome
api_accounts_sessions(struct work *w, const struct request *q, struct reply *r)
{
	struct session_list list;
	struct jsonout j;
	enum outcome end = sessions_read(w, api_body_part(q, "person"), &list);

	if (end != DONE)
		return api_door_refuse(w, r, end);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "sessions");
	for (int i = 0; i < list.count; i++) {
		const struct session_row *s = &list.at[i];

		jsonout_record(&j);
		jsonout_member(&j, "handle", s->handle);
		jsonout_member(&j, "address", s->peer);
		jsonout_member(&j, "agent", s->agent);
		jsonout_member(&j, "way", s->way);
		jsonout_member_instant(&j, "created", s->created);
		jsonout_member_instant(&j, "seen", s->seen);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_accounts_end_session(struct work *w, const struct request *q, struct reply *r)
{
	return api_door_nothing(w, r,
		sessions_end(w, api_body_part(q, "person"), path_part(q, "handle")));
}

/* --- roles -------------------------------------------------------------------------- */

static void
show_role(struct work *w, struct jsonout *j, const struct role_row *k)
{
	jsonout_record(j);
	jsonout_member(j, "name", k->name);
	jsonout_member(j, "label", *k->label ? k->label : NULL);
	jsonout_member_truth(j, "local", k->role == ROLE_LOCAL);
	api_door_words(w, j, "rights", access_rights_text(w->arena, k->rights));
	api_door_words(w, j, "gives", access_rights_text(w->arena, k->gives));
	jsonout_member_whole(j, "holders", k->holders);
	jsonout_end(j);
}

enum outcome
api_accounts_roles(struct work *w, const struct request *q, struct reply *r)
{
	struct role_row_list list;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	(void)q;
	if (end != DONE)
		return end;
	role_row_list(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "roles");
	for (int i = 0; i < list.count; i++)
		show_role(w, &j, &list.at[i]);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

static enum outcome
answer_role(struct work *w, const char *name, int status, struct reply *r)
{
	struct role_row role;
	struct jsonout j;

	if (role_row_get(w, w->actor->org, name, &role) != DONE)
		return api_door_refuse(w, r, MISSING);
	j = api_door_answer(r, status);
	show_role(w, &j, &role);
	return DONE;
}

enum outcome
api_accounts_role(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	return end == DONE ? answer_role(w, path_part(q, "role"), 200, r) : end;
}

enum outcome
api_accounts_make_role(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const char *name = "";
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	end = roles_make(w, api_body_text(body, "label"), api_body_text(body, "like"),
		api_body_text(body, "reason"), &name);
	return end == DONE ? answer_role(w, name, 201, r) : api_door_refuse(w, r, end);
}

/* The bits of a list of rights; a word that is no right is a problem. */
static uint64_t
rights_in(struct work *w, const struct json *body, const char *name)
{
	const char *words = api_body_words(w->arena, body, name);
	struct bytes rest = bytes_of(words ? words : "");
	bool known = words != NULL;

	while (rest.len > 0) {
		struct bytes one = bytes_cut(&rest, ' ');
		const char *word = arena_text(w->arena, one.at, one.len);

		known = known && access_right_named(word) != RIGHT_NONE;
	}
	if (!known)
		(void)!work_problem(w, name, "problem.roles.word");
	return words ? access_rights_of(words) : 0;
}

enum outcome
api_accounts_change_role(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const char *name = path_part(q, "role");
	const struct roles_change c = {
		.label = api_body_text(body, "label"),
		.rights = rights_in(w, body, "rights"),
		.gives = rights_in(w, body, "gives"),
		.reason = api_body_text(body, "reason"),
	};
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	end = w->problems.count ? INVALID : roles_change(w, name, &c);
	return end == DONE ? answer_role(w, name, 200, r) : api_door_refuse(w, r, end);
}

enum outcome
api_accounts_remove_role(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	return api_door_nothing(w, r,
		roles_remove(w, path_part(q, "role"), api_body_text(body, "reason")));
}
