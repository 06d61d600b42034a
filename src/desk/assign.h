/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_ASSIGN_H
#define DESK_ASSIGN_H

/*
 * The desk gives tickets to people, for the teams that want it so (team.push). Who gets
 * one is rule/assignment's; who could, and why not, is kept as the decision "person".
 *
 * When nobody can, the ticket waits in the queue with an alarm: on its timeline, on the
 * queue and the wallboard, and in a letter to the leaders of the team (one an hour). It
 * is given as soon as somebody can take it.
 *
 * The ticket must be held, so a claim and the desk cannot both win; saving is the
 * caller's. For a team that claims nothing is asked or written.
 */

#include "store/decision.h"

/* A ticket has come in, or to a team: given when nobody has it. */
void assign_arrived(struct work *w, struct ticket *t);

/* A ticket was reopened: it stays with who handled it if they can take it, else it goes
 * to whoever can. */
void assign_reopened(struct work *w, struct ticket *t);

/* From now on the desk gives the team its work, beginning with what nobody has taken; or
 * people take it themselves. MISSING when there is no such team. */
enum outcome assign_team(struct work *w, int64_t org, int64_t team, bool push) must_check;

/* Somebody took it, or was given it by a person. */
void assign_taken(struct work *w, const struct ticket *t);

/* Gives what waits in a team, in order of due, as far as people can take it. True when
 * some of it was given and more may be. */
bool assign_catch_up(struct work *w, int64_t org, int64_t team);

/* What the decision "person" of a ticket saw of one candidate. */
struct assign_seen {
	int64_t person;
	int bars; /* see rule/assignment */
	int64_t load, cap, capacity, given;
};

/* False when the text is not one. The pair's name is "candidate". */
bool assign_seen_read(const char *text, struct assign_seen *seen);

#endif
