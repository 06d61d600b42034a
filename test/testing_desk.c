/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing_desk.h"

#include "desk/intake.h"
#include "format/words.h"
#include "store/account.h"
#include "store/calendar_row.h"
#include "store/person.h"
#include "store/rulebook.h"
#include "store/service.h"
#include "store/shelf.h"
#include "store/team.h"
#include "store/vault.h"
#include "testing.h"
#include "testing_db.h"

#include <string.h>

static const char hours[] =
	"zone=Europe/London week=1/32400-61200,2/32400-61200,3/32400-61200,"
	"4/32400-61200,5/32400-61200 closed=2026-04-03,2026-04-06";

static void
organisation(
	struct work *w, int64_t id, const char *code, const char *name, const char *kind)
{
	struct organisation o = {
		.id = id,
		.code = code,
		.name = name,
		.kind = kind,
		.language = "en",
		.email = arena_printf(w->arena, "desk@%s.example.org", code),
		.phone = "01632 960000",
		.calendar = 1,
	};

	team_save_organisation(w, &o, id == SOUTHMERE);
	assert_int_equal(calendar_row_save(w, id, 1, "Desk", hours), DONE);
}

static int64_t
person(struct work *w, int64_t org, const char *name, const char *email)
{
	struct person p = {.org = org, .name = name, .email = email};

	person_insert(w, &p);
	return p.id;
}

static int64_t
staff(struct work *w, int64_t org, const char *name, enum role role, int64_t team)
{
	int64_t id = person(
		w, org, name, arena_printf(w->arena, "%s@southmere.example.org", name));
	struct account a = {
		.org = org,
		.person = id,
		.email = arena_printf(w->arena, "%s@southmere.example.org", name),
		.password = "!",
	};

	account_save(w, &a);
	account_grant(w, org, id, role);
	team_join(w, org, team, id);
	return id;
}

struct service
testing_offer(int64_t org, const char *code, int64_t team)
{
	return (struct service){
		.org = org,
		.code = code,
		.name = code,
		.category = "Roads",
		.kind = "request",
		.team = team,
		.priority = 3,
		.who_may_ask = "anyone",
		.geo = "point",
		.charge = "",
		.emergency = "",
		.note = "",
		.lgsl = "",
		.lgil = "",
		.retention_months = 24,
		.fields = "",
	};
}

static void
service(struct work *w, int64_t org, const char *code, const char *name, int64_t team)
{
	struct service s = testing_offer(org, code, team);

	s.name = name;
	s.lgsl = "557";
	s.lgil = "17";
	s.fields = "location:point!|details:long";

	service_save(w, &s, code);
}

static void
targets(struct work *w, int64_t org)
{
	struct table_row rows[] = {
		{.service = "IT-LAPTOP",
			.priority = TABLE_ANY,
			.response = 4 * 3600,
			.resolution = 16 * 3600},
		{.priority = 1, .response = 3600, .resolution = 4 * 3600},
		{.priority = TABLE_ANY,
			.response = 4 * 3600,
			.resolution = 2,
			.unit = CLOCK_WORKING_DAYS},
	};
	int count = sizeof rows / sizeof *rows;

	for (int i = 0; i < count; i++) {
		rows[i].impact = rows[i].urgency = TABLE_ANY;
		rows[i].vip = rows[i].vulnerable = TABLE_ANY;
		rows[i].calendar = 1;
	}
	rulebook_publish(w, org, "target", rows, count);
}

void
testing_desk_fill(struct work *w, struct testing_people *people)
{
	struct testing_people here;

	organisation(w, SOUTHMERE, "southmere", "Southmere Council", "council");
	organisation(w, ICT_DESK, "ict", "Shared ICT Desk", "desk");
	here.highways = team_ensure(w, SOUTHMERE, "Highways", "resolver");
	here.waste = team_ensure(w, SOUTHMERE, "Waste", "resolver");
	here.service_desk = team_ensure(w, ICT_DESK, "Service Desk", "desk");
	here.analyst = staff(w, SOUTHMERE, "amy", ROLE_ANALYST, here.highways);
	here.leader = staff(w, SOUTHMERE, "lee", ROLE_LEADER, here.highways);
	here.binman = staff(w, SOUTHMERE, "ben", ROLE_ANALYST, here.waste);
	here.engineer = staff(w, ICT_DESK, "eve", ROLE_ANALYST, here.service_desk);
	here.ann = person(w, SOUTHMERE, "Ann Fisher", "ann@example.org");
	service(w, SOUTHMERE, "HW-POTHOLE", "Report a pothole", here.highways);
	service(w, SOUTHMERE, "WA-MISSED", "Report a missed bin", here.waste);
	service(w, ICT_DESK, "IT-LAPTOP", "My laptop is broken", here.service_desk);
	targets(w, SOUTHMERE);
	targets(w, ICT_DESK);
	if (people)
		*people = here;
}

struct work *
testing_desk(struct testing_people *people)
{
	return testing_desk_in(testing_db(), people);
}

struct work *
testing_desk_in(struct db *db, struct testing_people *people)
{
	struct arena *a = testing_arena();
	struct work *w = arena_alloc(a, sizeof *w);
	struct actor *house = arena_alloc(a, sizeof *house);
	struct vault *vault = arena_alloc(a, sizeof *vault);

	*house = work_house_actor(SOUTHMERE);
	vault_forgetful(vault);
	*w = (struct work){
		.arena = a,
		.db = db,
		.ids = arena_alloc(a, sizeof(struct id_source)),
		.shelf = shelf_new(),
		.vault = vault,
		.actor = house,
		.words = words_of("en"),
		.base = "https://desk.example.org",
	};
	testing_clock(w, "2026-03-02T09:00:00Z");
	db_begin(w->db);
	testing_desk_fill(w, people);
	assert_false(db_failed(w->db));
	return w;
}

void
testing_act_as(struct work *w, int64_t org, int64_t person)
{
	struct actor *a = arena_alloc(w->arena, sizeof *a);

	*a = (struct actor){
		.kind = ACTOR_STAFF,
		.org = org,
		.person = person,
		.name = "",
	};
	account_grants(w, person, org, a);
	w->actor = a;
}

void
testing_clock(struct work *w, const char *iso)
{
	assert_true(times_parse_iso(bytes_of(iso), &w->now));
}

const char *
testing_report(struct work *w, const char *key, const char *words)
{
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_WEB,
		.key = key,
		.service = "HW-POTHOLE",
		.words = words,
		.from = {.name = "Ann Fisher", .email = "Ann@Example.org"},
	};
	struct receipt got;

	assert_int_equal(intake(w, &c, &got), DONE);
	return got.reference;
}

struct ticket
testing_ticket(struct work *w, const char *reference)
{
	struct scope all = access_house(SOUTHMERE);
	struct ticket t;

	if (ticket_find(w, &all, reference, &t) != DONE) {
		all = access_house(ICT_DESK);
		assert_int_equal(ticket_find(w, &all, reference, &t), DONE);
	}
	return t;
}
