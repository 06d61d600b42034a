/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/admin_sign_in.h"

#include "desk/providers.h"
#include "store/account.h"
#include "views.h"
#include "web/door/door_page.h"
#include "web/frame.h"
#include "web/moment.h"
#include "web/problemlist.h"
#include "web/say.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The settings that are one line of text; store/provider says what they mean. */
static const struct setting {
	const char *name;
	enum word label;
} settings[] = {
	{"issuer", WORD_idp_issuer},
	{"client", WORD_idp_client},
	{"scope", WORD_idp_scope},
	{"strength", WORD_idp_strength},
	{"url", WORD_idp_url},
	{"ca", WORD_idp_ca},
	{"bind", WORD_idp_bind},
	{"base", WORD_idp_base},
	{"login", WORD_idp_login},
	{"group-base", WORD_idp_group_base},
	{"email", WORD_idp_email},
	{"name-claim", WORD_idp_name_claim},
	{"groups", WORD_idp_groups},
};
enum { SETTINGS = sizeof settings / sizeof *settings, INPUTS = SETTINGS + 7 };

static const char *
glass_state(struct work *w)
{
	struct glass_state g;

	if (!account_glass(w, w->actor->org, &g))
		return say(w, WORD_idp_glass_none);
	if (g.sealed)
		return words_text(w->arena, w->words, WORD_idp_glass_sealed,
			words_values(word_value("email", g.email)));
	return words_text(w->arena, w->words, WORD_idp_glass_open,
		words_values(word_value("email", g.email),
			word_value("when",
				moment_at(w, moment_zone(w, w->actor->org), g.opened)
					.exact)));
}

static struct page_links
trail(struct work *w, bool deeper)
{
	struct page_link *at = arena_array(w->arena, 2, sizeof *at);

	at[0] = (struct page_link){say(w, WORD_staff_admin), "/admin"};
	at[1] = (struct page_link){say(w, WORD_idp_title), "/admin/sign-in"};
	return (struct page_links){at, deeper ? 2 : 1};
}

enum outcome
admin_sign_in_show(struct work *w, const struct request *q, struct reply *r)
{
	struct admin_sign_in_view v = {
		.second_factor = account_rule_of(w, w->actor->org),
		.glass = glass_state(w),
		.redirect = arena_printf(w->arena, "%s/sign-in/return", w->base),
	};
	struct provider_list all;
	struct admin_provider *at;

	frame_page(w, q, &v.page, WORD_idp_title, SECTION_ADMIN);
	v.page.trail = trail(w, false);
	provider_list(w, w->actor->org, &all);
	at = arena_array(w->arena, (size_t)all.count, sizeof *at);
	for (int i = 0; i < all.count; i++)
		at[i] = (struct admin_provider){
			.href = arena_printf(w->arena,
				"/admin/sign-in/provider?id=%" PRId64, all.at[i].id),
			.name = all.at[i].name,
			.kind = say(w, strcmp(all.at[i].kind, "oidc") == 0
					       ? WORD_idp_oidc
					       : WORD_idp_ldap),
			.audience = say(w, strcmp(all.at[i].audience, "staff") == 0
						   ? WORD_idp_staff
						   : WORD_idp_residents),
			.live = all.at[i].live,
		};
	v.providers = (struct admin_providers){at, all.count};
	view_admin_sign_in(&r->body, w->words, &v);
	return DONE;
}

enum outcome
admin_sign_in_rule(struct work *w, const struct request *q, struct reply *r)
{
	bool second = *form_text(q, "second") != 0;
	enum outcome end = providers_second_factor(w, w->actor->org, second);

	return end == DONE ? reply_see_other(r, "/admin/sign-in") : end;
}

static struct part_input
line(struct work *w, const char *name, enum word label, const char *value)
{
	return (struct part_input){
		.kind = PART_TEXT,
		.id = name,
		.label = say(w, label),
		.value = value,
		.error = frame_problem(w, name),
		.autocomplete = "off",
		.no_spelling = true,
	};
}

static struct part_input
pick(struct work *w, const char *name, enum word label, const struct part_choice *two)
{
	struct part_choice *at = arena_array(w->arena, 2, sizeof *at);
	struct part_input i = line(w, name, label, NULL);

	memcpy(at, two, 2 * sizeof *at);
	i.kind = PART_RADIOS;
	i.choices = (struct part_choices){at, 2};
	i.small = true;
	return i;
}

static struct part_input
tick(struct work *w, const char *name, enum word label, bool chosen)
{
	struct part_choice *at = arena_alloc(w->arena, sizeof *at);
	struct part_input i = line(w, name, label, NULL);

	*at = (struct part_choice){"yes", i.label, NULL, .chosen = chosen};
	i.kind = PART_CHECKBOXES;
	i.label = say(w, WORD_idp_switch);
	i.choices = (struct part_choices){at, 1};
	i.small = true;
	return i;
}

static enum outcome
show(struct work *w, const struct request *q, const struct provider *p, struct reply *r)
{
	bool ldap = p->kind && strcmp(p->kind, "ldap") == 0;
	bool residents = p->audience && strcmp(p->audience, "residents") == 0;
	const struct part_choice kinds[] = {
		{"oidc", say(w, WORD_idp_oidc), NULL, .chosen = !ldap},
		{"ldap", say(w, WORD_idp_ldap), NULL, .chosen = ldap},
	};
	const struct part_choice audiences[] = {
		{"staff", say(w, WORD_idp_staff), NULL, .chosen = !residents},
		{"residents", say(w, WORD_idp_residents), NULL, .chosen = residents},
	};
	struct part_input *at = arena_array(w->arena, INPUTS, sizeof *at);
	struct admin_provider_view v = {.inputs = {at, INPUTS}};
	const char *gone;
	int n = 0;

	frame_page(w, q, &v.page, WORD_idp_one, SECTION_ADMIN);
	v.page.trail = trail(w, true);
	v.problems = problemlist_of(w);
	v.id = arena_printf(w->arena, "%" PRId64, p->id);
	at[n++] = pick(w, "kind", WORD_idp_kind, kinds);
	at[n++] = line(w, "name", WORD_idp_name, p->name);
	at[n++] = pick(w, "audience", WORD_idp_audience, audiences);
	for (int i = 0; i < SETTINGS; i++)
		at[n++] = line(w, settings[i].name, settings[i].label,
			provider_setting(p, settings[i].name, ""));
	at[n] = line(w, "secret", WORD_idp_secret, NULL);
	at[n++].type = "password";
	at[n] = line(w, "roles", WORD_idp_roles, providers_roles(w, p, &gone));
	if (v.problems.count > 0) /* as it was typed */
		at[n].value = provider_setting(p, "roles", "");
	at[n].hint = say(w, WORD_idp_roles_hint);
	if (gone && !at[n].error)
		at[n].error = words_text(w->arena, w->words, WORD_problem_idp_role,
			words_values(word_value("detail", gone)));
	at[n++].kind = PART_AREA;
	at[n++] = tick(w, "starttls", WORD_idp_starttls,
		strcmp(provider_setting(p, "starttls", ""), "yes") == 0);
	at[n++] = tick(w, "live", WORD_idp_live, p->live);
	if (v.problems.count > 0)
		r->status = 422;
	view_admin_provider(&r->body, w->words, &v);
	return DONE;
}

enum outcome
admin_sign_in_provider(struct work *w, const struct request *q, struct reply *r)
{
	int64_t id = query_int(q, "id", 1, INT64_MAX, 0);
	struct provider p = {.live = true};

	if (id && provider_get(w, w->actor->org, id, &p) != DONE)
		return MISSING;
	return show(w, q, &p, r);
}

enum outcome
admin_sign_in_save(struct work *w, const struct request *q, struct reply *r)
{
	int64_t id = form_int(q, "id");
	struct provider p = {.org = w->actor->org};
	enum outcome end;

	if (id && provider_get(w, w->actor->org, id, &p) != DONE)
		return MISSING;
	p.kind = strcmp(form_text(q, "kind"), "ldap") == 0 ? "ldap" : "oidc";
	p.audience = strcmp(form_text(q, "audience"), "residents") == 0 ? "residents"
									: "staff";
	p.name = form_text(q, "name");
	p.live = *form_text(q, "live") != 0;
	p.secret = *form_text(q, "secret") ? form_text(q, "secret") : NULL;
	p.settings = (struct pairs){0};
	for (int i = 0; i < SETTINGS; i++)
		if (*form_text(q, settings[i].name))
			pairs_add(w->arena, &p.settings, settings[i].name,
				form_text(q, settings[i].name));
	pairs_add(w->arena, &p.settings, "roles", form_text(q, "roles"));
	if (*form_text(q, "starttls"))
		pairs_add(w->arena, &p.settings, "starttls", "yes");
	end = providers_save(w, &p);
	if (end == INVALID) {
		r->status = 422;
		return show(w, q, &p, r);
	}
	return end == DONE ? reply_see_other(r, "/admin/sign-in") : end;
}
