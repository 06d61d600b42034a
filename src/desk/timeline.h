/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_TIMELINE_H
#define DESK_TIMELINE_H

/*
 * The one way to write what happened to a ticket. It gives the event its number, moves
 * the clocks (rule/promise says how), and notes the change for open pages.
 *
 * Kinds of event, with their data. TERMS are response, resolution, unit, calendar,
 * calendar_version and, where it is not the usual way, mode, day_end, pauses. WITH says
 * with whom the work is: team, supplier (1) and, when that team promised something, leg,
 * leg_unit, leg_calendar, leg_calendar_version, leg_mode, leg_day_end, leg_pauses.
 *
 *	received      channel, by (who wrote it down for them), TERMS, WITH
 *	acknowledged  an automatic letter left; never stops a clock
 *	message       the customer wrote again
 *	automatic     a machine of theirs answered, or a letter came back; moves no clock
 *	reply         a person answered; stops the response clock
 *	called        a person spoke with them; as a reply
 *	note          internal
 *	claimed       to
 *	assigned      to, from, why (desk: by the house)
 *	unplaced      team: nobody of it can take it
 *	looped        n: so many acts of machines in a row (desk/loop)
 *	moved         to, from (names), to_team, from_team (ids), WITH unless it is done
 *		      already; why: refused; body: why
 *	priority      to, from, TERMS, WITH; body: the reason
 *	promised      by (an instant): news by then
 *	waiting       reason, question (seq of the reply that asks) or evidence, WITH
 *		      (without terms), until, limit (chase or review: what until is),
 *		      chases (instants of the reminders)
 *	reminded      n (which reminder), waiting (seq)
 *	resumed       why: message, staff, chase, review
 *	resolved      body: the solution as the customer reads it
 *	reopened      why: message, staff; within (working days), WITH
 *	closed        body: what is to be kept of it
 *	cancelled     body: the reason as the customer reads it
 *	calendar      calendar, calendar_version; for a closure: date, approver,
 *		      approved_by (their name), told (they were)
 *	amended       amends (seq), was, to (instants), what the figures were and are;
 *		      body: the reason
 *	escalated     clock, subject, step, due, late, told
 *	breached      clock, subject, due, late
 *	scored        score
 *	imported      what another system said
 */

#include "desk/routing.h"
#include "store/event.h"

/* The ticket must be held; it is changed in memory, and ticket_save is the caller's. */
void timeline_add(struct work *w, struct ticket *t, struct event *e);

/* Puts the terms of a promise into an event, as `received` and `priority` carry them: the
 * fold over the events needs nothing else. `at` chooses the calendar version. */
void timeline_terms(struct work *w, int64_t org, struct event *e,
	const struct promise_terms *terms, int64_t at);

/* Says with whom the work is, and what they promised (0: nothing). */
void timeline_with(struct work *w, const struct ticket *t, struct event *e);
void timeline_leg(struct work *w, const struct ticket *t, struct event *e,
	const struct promise_terms *terms);

#endif
