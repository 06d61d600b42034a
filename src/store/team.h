/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_TEAM_H
#define STORE_TEAM_H

/* Organisations, their teams, and who works in them. */

#include "store/work.h"

struct organisation {
	int64_t id;
	const char *code, *name, *kind, *language, *email, *phone;
	int64_t calendar;
	int64_t alarm; /* until when pages say that the glass was broken */
};

struct team {
	int64_t org, id;
	const char *name, *kind;
	int64_t calendar;
	bool push; /* the desk assigns its tickets; else people claim them */
};

struct organisation_list {
	struct organisation *at;
	int count;
};

struct team_list {
	struct team *at;
	int count;
};

/* Every organisation that the desk serves, councils first, by name. */
void team_organisations(struct work *w, struct organisation_list *list);

/* DONE or MISSING. */
enum outcome team_organisation(
	struct work *w, int64_t id, struct organisation *o) must_check;

/* The organisation shown to who has not signed in; MISSING before any is loaded. */
enum outcome team_portal(struct work *w, struct organisation *o) must_check;

void team_list(struct work *w, int64_t org, struct team_list *list);
enum outcome team_get(struct work *w, int64_t org, int64_t id, struct team *t) must_check;
enum outcome team_named(
	struct work *w, int64_t org, const char *name, struct team *t) must_check;

/* Those the person works in. */
void team_of_person(struct work *w, int64_t org, int64_t person, struct team_list *list);
bool team_has_member(struct work *w, int64_t org, int64_t team, int64_t person);

struct team_member {
	int64_t team, person;
	const char *name;
};

struct team_member_list {
	struct team_member *at;
	int count;
};

void team_members(
	struct work *w, int64_t org, int64_t team, struct team_member_list *list);

/* The members of every team, team by team. */
void team_everybody(struct work *w, int64_t org, struct team_member_list *list);

/* Set-up: all of these may be run again. An organisation gets the standard roles. */
void team_save_organisation(struct work *w, const struct organisation *o, bool portal);
int64_t team_ensure(struct work *w, int64_t org, const char *name, const char *kind);
void team_join(struct work *w, int64_t org, int64_t team, int64_t person);
bool team_leave(struct work *w, int64_t org, int64_t team, int64_t person);

/* How the team gets its work. MISSING when there is no such team. */
enum outcome team_set_push(
	struct work *w, int64_t org, int64_t team, bool push) must_check;

/* Keeps others from assigning in the team until the commit. */
void team_hold(struct work *w, int64_t org, int64_t team);

#endif
