/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_DESK_H
#define TESTING_DESK_H

/*
 * A small council for tests of store, desk and web, in a fresh database: organisation 1
 * "Southmere Council" with calendar 1 (London, Monday to Friday, 09:00 to 17:00), teams
 * Highways and Waste, services HW-POTHOLE (response 4 h, resolution 2 working days) and
 * WA-MISSED, and organisation 2 "Shared ICT Desk" with the same calendar, team Service
 * Desk and service IT-LAPTOP (4 h, 16 h).
 */

#include "store/service.h"
#include "store/ticket.h"
#include "store/work.h"

enum { SOUTHMERE = 1, ICT_DESK = 2 };

struct testing_people {
	int64_t highways, waste, service_desk; /* teams */
	int64_t analyst;		       /* of Highways, in SOUTHMERE */
	int64_t leader;			       /* of Highways */
	int64_t binman;			       /* analyst of Waste */
	int64_t engineer;		       /* analyst of Service Desk, in ICT_DESK */
	int64_t ann; /* resident of SOUTHMERE, ann@example.org */
};

/* A work inside a transaction, as the house itself; w->now is 2026-03-02 09:00 UTC, a
 * Monday. Never committed. */
struct work *testing_desk(struct testing_people *people);

/* The same in an empty, migrated database of the test's own, which may commit it. */
struct work *testing_desk_in(struct db *db, struct testing_people *people);

/* Fills an empty database with that council, in the transaction of the work. */
void testing_desk_fill(struct work *w, struct testing_people *people);

/* A request of Southmere or another that anybody may make at a point: ready to be changed
 * and saved. Called by its code, without questions. */
struct service testing_offer(int64_t org, const char *code, int64_t team);

/* Acts as somebody from now on. ACTOR_STAFF with their grants. */
void testing_act_as(struct work *w, int64_t org, int64_t person);

/* Sets the clock: "2026-03-02T09:00:00Z". */
void testing_clock(struct work *w, const char *iso);

/* A web report of HW-POTHOLE by Ann with this key and these words; the reference. */
const char *testing_report(struct work *w, const char *key, const char *words);

/* The ticket, read by the house. */
struct ticket testing_ticket(struct work *w, const char *reference);

#endif
