/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/access_reason.h"

#include "format/words.h"
#include "rule/reference.h"
#include "store/account.h"
#include "store/demand.h"
#include "store/hiding.h"
#include "store/sharing.h"
#include "store/skill.h"
#include "store/team.h"
#include "store/worker.h"

#include <string.h>

enum { MOST_PEOPLE = 2000 };

const enum right access_reason_rights[] = {RIGHT_SEE, RIGHT_READ, RIGHT_REPLY, RIGHT_NOTE,
	RIGHT_CLAIM, RIGHT_ASSIGN, RIGHT_MOVE_OUT, RIGHT_RESOLVE, RIGHT_PRIORITY,
	RIGHT_AMEND, RIGHT_EXPORT, RIGHT_NONE};

enum outcome
access_reason_ticket(struct work *w, const char *reference, struct ticket *t)
{
	int64_t org = w->actor->org;
	struct scope house = access_house(org);
	char written[REFERENCE_ROOM];

	if (reference_read(reference, written) != REFERENCE_READ ||
		!access_may(w->actor, org, RIGHT_EXPLAIN) ||
		ticket_find(w, &house, written, t) != DONE)
		return MISSING;
	t->hidden = DETAILS_ALL;
	t->subject = t->place = t->customer_name = "";
	return DONE;
}

bool
access_reason_meet(struct work *w, const struct ticket *t, const char *email,
	const struct access_voice *voice, struct access_reason *a)
{
	struct account account;

	if (account_find(w, email, &account) != DONE || account.disabled)
		return false;
	*a = (struct access_reason){.w = w, .voice = voice, .t = t};
	a->who = (struct actor){.kind = ACTOR_STAFF,
		.org = account.org,
		.person = account.person,
		.name = account.name};
	account_grants(w, account.person, account.org, &a->who);
	a->in_team = team_has_member(w, t->org, t->team, account.person);
	return true;
}

static const char *
say(const struct access_reason *a, enum word word)
{
	return words_text(a->w->arena, a->w->words, word, NULL);
}

static const char *
named(const struct access_reason *a, enum word word, const char *name)
{
	return words_text(a->w->arena, a->w->words, word,
		words_values(word_value("name", name ? name : "")));
}

static const char *
until(const struct access_reason *a, enum word word, const char *name, int64_t at)
{
	const char *when = a->voice->instant(a->w, a->t->org, at);

	return words_text(a->w->arena, a->w->words, word,
		words_values(word_value("name", name), word_value("until", when)));
}

static void
add(struct buffer *b, const char *sentence)
{
	buffer_text_add(b, b->len ? "\n" : "");
	buffer_text_add(b, sentence);
}

/* The roles where the ticket is that have all of these rights. */
static const char *
roles_with(const struct access_reason *a, uint64_t rights)
{
	struct buffer b = buffer_in(a->w->arena, 64);

	for (int i = 0; i < a->who.grant_count; i++) {
		const struct grant *g = &a->who.grants[i];

		if (g->org != a->t->org || (g->rights & rights) != rights ||
			g->role == ROLE_CUSTOMER)
			continue;
		buffer_text_add(&b, b.len ? ", " : "");
		buffer_text_add(&b, a->voice->role(a->w, g));
	}
	return buffer_text(&b);
}

/* One role may see and another reply: then both are named. */
static const char *
roles(const struct access_reason *a, uint64_t where, enum right r)
{
	const char *both = roles_with(a, where | RIGHT_BIT(r));
	const char *first, *second;

	if (*both)
		return both;
	first = roles_with(a, where);
	second = roles_with(a, RIGHT_BIT(r));
	return strcmp(first, second) == 0 || !*second
		       ? first
		       : arena_printf(a->w->arena, "%s, %s", first, second);
}

static void
add_agreements(const struct access_reason *a, const struct scope *s, struct buffer *b)
{
	struct sharing_terms terms;

	sharing_terms(a->w, a->t->org, s->taker, s->person, &terms);
	for (int i = 0; i < terms.count; i++) {
		const struct sharing_term *term = &terms.at[i];
		struct sharing_list versions;

		if (strcmp(term->service, a->t->service) != 0 ||
			!(term->rights & RIGHT_BIT(s->right)) ||
			(a->t->restricted && !term->restricted))
			continue;
		sharing_versions(a->w, a->t->org, term->agreement, &versions);
		add(b, until(a, WORD_access_by_agreement,
			       versions.count ? versions.at[0].name : "", term->ends));
	}
}

/* The latest reason they gave that still holds. */
static const char *
look_text(const struct access_reason *a)
{
	struct hiding_reason given;

	if (!hiding_looked(a->w, a->t, a->who.person, &given))
		return NULL;
	if (access_may(a->w->actor, a->t->org, RIGHT_AUDIT))
		return until(a, WORD_access_read_look_why, given.reason, given.until);
	return until(a, WORD_access_read_look, "", given.until);
}

/* What opens a restricted ticket to who sees that it exists. */
static void
add_opened(const struct access_reason *a, struct buffer *b)
{
	const char *look = look_text(a);

	if (a->in_team)
		add(b, named(a, WORD_access_read_team, a->t->team_name));
	if (a->t->assignee == a->who.person && a->who.person)
		add(b, say(a, WORD_access_read_assignee));
	if (look)
		add(b, look);
	if (!a->in_team && a->t->assignee != a->who.person && !look)
		add(b, say(a, WORD_access_read_sealed));
}

const char *
access_reason_why(const struct access_reason *a, enum right r)
{
	struct buffer b = buffer_in(a->w->arena, 256);
	const struct ticket *t = a->t;
	struct scope s = access_scope(&a->who, t->org, r);
	bool own = s.own && t->customer == s.person && s.person;

	if (s.all && t->restricted && s.restricted)
		add(&b, named(a, WORD_access_by_restricted,
				roles(a, RIGHT_BIT(RIGHT_SEE_RESTRICTED), r)));
	else if (s.all && !t->restricted)
		add(&b, named(a, WORD_access_by_role, roles(a, RIGHT_BIT(RIGHT_SEE), r)));
	if (s.teams && a->in_team)
		add(&b, named(a, WORD_access_by_team, t->team_name));
	if (s.shared)
		add_agreements(a, &s, &b);
	if (b.len && r != RIGHT_SEE && t->restricted)
		add_opened(a, &b);
	if (own || (r == RIGHT_READ && t->customer == a->who.person && a->who.person))
		add(&b, say(a, WORD_access_by_own));
	return b.len ? buffer_text(&b) : NULL;
}

const char *
access_reason_why_not(const struct access_reason *a, enum right r)
{
	uint64_t rights = access_rights(&a->who, a->t->org);
	bool works_here = *roles_with(a, 0) != 0;

	if (!works_here && a->who.org != a->t->org)
		return say(a, WORD_access_not_here);
	if (!works_here)
		return say(a, WORD_access_not_staff);
	if (r != RIGHT_SEE && !(rights & RIGHT_BIT(r)))
		return named(a, WORD_access_not_right, roles_with(a, 0));
	if (a->t->restricted && (rights & RIGHT_BIT(RIGHT_SEE)))
		return named(a, WORD_access_not_restricted, a->t->team_name);
	return named(a, WORD_access_not_team, a->t->team_name);
}

static const char *
skill_name(const struct skill_list *skills, int64_t id)
{
	for (int i = 0; i < skills->count; i++)
		if (skills->at[i].id == id)
			return skills->at[i].name;
	return "";
}

static int64_t
level_of(const struct worker *m, int64_t skill)
{
	for (int i = 0; i < m->skill_count; i++)
		if (m->skills[i].skill == skill)
			return m->skills[i].level;
	return 0;
}

/* Skills that the service asks for and they lack: "Asbestos, Heights". */
static const char *
lacking(const struct access_reason *a, const struct worker *m, const struct demand *d)
{
	struct buffer b = buffer_in(a->w->arena, 64);
	struct skill_list skills;

	skill_list(a->w, a->t->org, &skills);
	for (int i = 0; i < d->needs.count; i++) {
		const struct assignment_skill *need = &d->needs.at[i];

		if (level_of(m, need->skill) >= need->level)
			continue;
		buffer_text_add(&b, b.len ? ", " : "");
		buffer_text_add(&b, skill_name(&skills, need->skill));
	}
	return buffer_text(&b);
}

const char *
access_reason_work(const struct access_reason *a, bool *may)
{
	const struct ticket *t = a->t;
	struct worker_scope of = {t->org, t->team, t->service, ""};
	struct buffer b = buffer_in(a->w->arena, 128);
	const struct worker *m = NULL;
	struct worker_list list;
	struct demand d;
	const char *skills;

	*may = false;
	demand_of(a->w, t->org, t->service, &d);
	of.category = d.category;
	worker_of_team(a->w, &of, &list);
	skill_of_workers(a->w, t->org, t->team, &list);
	for (int i = 0; i < list.count; i++)
		if (list.at[i].person == a->who.person)
			m = &list.at[i];
	if (!m)
		return named(a, WORD_access_work_team, t->team_name);
	if (!m->at_home && !m->licensed)
		add(&b, named(a, WORD_access_work_licence, t->service_name));
	skills = lacking(a, m, &d);
	if (*skills)
		add(&b, named(a, WORD_access_work_skills, skills));
	*may = b.len == 0;
	return *may ? say(a, WORD_access_work_may) : buffer_text(&b);
}

static void
add_everybody_of(struct work *w, const struct ticket *t, int64_t org,
	const struct access_voice *voice, struct access_reason_list *list)
{
	struct account_role_list roles;
	int64_t last = 0;

	account_roles(w, org, &roles);
	for (int i = 0; i < roles.count; i++) {
		const struct account_role *k = &roles.at[i];
		struct access_reason a;
		const char *rule;

		if (k->disabled || k->person == last || list->count >= MOST_PEOPLE)
			continue;
		last = k->person;
		if (!access_reason_meet(w, t, k->email, voice, &a) ||
			!(rule = access_reason_why(&a, RIGHT_SEE)))
			continue;
		list->at[list->count++] = (struct access_reason_one){
			.name = k->name, .email = k->email, .why = rule};
	}
}

void
access_reason_everybody(struct work *w, const struct ticket *t,
	const struct access_voice *voice, struct access_reason_list *list)
{
	struct sharing_list agreements;

	*list = (struct access_reason_list){
		.at = arena_array(w->arena, MOST_PEOPLE, sizeof *list->at)};
	add_everybody_of(w, t, t->org, voice, list);
	sharing_read(w, t->org, &agreements);
	for (int i = 0; i < agreements.count; i++) {
		const struct sharing *s = &agreements.at[i];
		bool again = false;

		for (int k = 0; k < i; k++)
			again = again || agreements.at[k].taker == s->taker;
		if (s->org == t->org && s->ends > w->now && !again)
			add_everybody_of(w, t, s->taker, voice, list);
	}
}
