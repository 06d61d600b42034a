/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_signin.h"

#include "base/times.h"
#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "desk/providers.h"
#include "store/account.h"

#include <string.h>

static void
show_provider(struct jsonout *j, const struct provider *p)
{
	jsonout_record(j);
	jsonout_member_id(j, "id", p->id);
	jsonout_member(j, "kind", p->kind);
	jsonout_member(j, "name", p->name);
	jsonout_member(j, "audience", p->audience);
	jsonout_member_truth(j, "live", p->live);
	api_door_open_record(j, "settings");
	for (int i = 0; i < p->settings.count; i++)
		jsonout_member(j, p->settings.at[i].name, p->settings.at[i].value);
	jsonout_end(j);
	jsonout_end(j);
}

static void
show_glass(struct work *w, struct jsonout *j)
{
	struct glass_state g;

	jsonout_name(j, "break_glass");
	if (!account_glass(w, w->actor->org, &g)) {
		jsonout_null(j);
		return;
	}
	jsonout_record(j);
	jsonout_member(j, "email", g.email);
	jsonout_member_truth(j, "sealed", g.sealed);
	jsonout_member_instant(j, "opened", g.sealed ? TIMES_NONE : g.opened);
	jsonout_end(j);
}

enum outcome
api_signin_show(struct work *w, const struct request *q, struct reply *r)
{
	struct provider_list list;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	(void)q;
	if (end != DONE)
		return end;
	provider_list(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_truth(&j, "second_factor", account_rule_of(w, w->actor->org));
	show_glass(w, &j);
	jsonout_member(&j, "return_address",
		arena_printf(w->arena, "%s/sign-in/return", w->base));
	api_door_open_list(&j, "providers");
	for (int i = 0; i < list.count; i++)
		show_provider(&j, &list.at[i]);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_signin_rule(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const struct json *wanted = json_get(body, "second_factor");

	if (!body)
		return INVALID;
	if (!wanted || wanted->kind != JSON_KIND_TRUTH)
		return api_door_problem(
			r, 422, INVALID, "second_factor is true or false");
	return api_door_nothing(
		w, r, providers_second_factor(w, w->actor->org, wanted->truth));
}

static bool
is_setting(const char *name)
{
	for (int i = 0; providers_settings[i]; i++)
		if (strcmp(providers_settings[i], name) == 0)
			return true;
	return strcmp(name, "roles") == 0 || strcmp(name, "starttls") == 0;
}

/* False when they are no record of texts by names that are known. */
static bool
read_settings(struct work *w, const struct json *in, struct provider *p)
{
	p->settings = (struct pairs){0};
	if (json_none(in))
		return true;
	if (in->kind != JSON_KIND_RECORD)
		return false;
	for (int i = 0; i < in->count; i++) {
		const char *value = json_words(&in->members[i].value);

		if (!value || !is_setting(in->members[i].name))
			return false;
		pairs_add(w->arena, &p->settings, in->members[i].name, value);
	}
	return true;
}

static enum outcome
save(struct work *w, const struct json *body, struct provider *p, struct reply *r)
{
	const char *secret = json_words(json_get(body, "secret"));
	int status = p->id ? 200 : 201;
	struct jsonout j;
	enum outcome end;

	p->kind = api_body_text(body, "kind");
	p->audience = api_body_text(body, "audience");
	p->name = api_body_text(body, "name");
	p->live = api_body_truth(body, "live", false);
	p->secret = secret && *secret ? secret : NULL;
	if (!read_settings(w, json_get(body, "settings"), p))
		return api_door_problem(r, 422, INVALID,
			"settings are texts by the names that the contract has");
	if ((strcmp(p->kind, "oidc") != 0 && strcmp(p->kind, "ldap") != 0) ||
		(strcmp(p->audience, "staff") != 0 &&
			strcmp(p->audience, "residents") != 0))
		return api_door_problem(r, 422, INVALID,
			"kind is oidc or ldap, audience staff or residents");
	end = providers_save(w, p);
	if (end != DONE)
		return api_door_refuse(w, r, end);
	j = api_door_answer(r, status);
	show_provider(&j, p);
	return DONE;
}

enum outcome
api_signin_add(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	struct provider p = {.org = w->actor->org};
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	return end == DONE ? save(w, body, &p, r) : end;
}

enum outcome
api_signin_change(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	struct provider p;
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	if (provider_get(w, w->actor->org, api_body_part(q, "id"), &p) != DONE)
		return api_door_refuse(w, r, MISSING);
	return save(w, body, &p, r);
}
