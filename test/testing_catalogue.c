/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing_catalogue.h"

#include "format/csv.h"
#include "store/team.h"
#include "testing.h"
#include "testing_desk.h"

#include <string.h>

struct columns {
	int code, name, group, fields, who, geo, charge, special, emergency;
};

static const char *
cell(const struct csv_row *row, int column)
{
	return bytes_text(testing_arena(), row->fields[column]);
}

static int64_t
highways(struct work *w)
{
	return team_ensure(w, SOUTHMERE, "Highways", "resolver");
}

static void
save(struct work *w, const struct csv_row *row, const struct columns *c)
{
	struct service s = testing_offer(SOUTHMERE, cell(row, c->code), highways(w));

	s.name = cell(row, c->name);
	s.category = cell(row, c->group);
	s.restricted = strcmp(cell(row, c->special), "Y") == 0;
	s.who_may_ask = cell(row, c->who);
	s.geo = cell(row, c->geo);
	s.charge = cell(row, c->charge);
	s.emergency = cell(row, c->emergency);
	s.fields = cell(row, c->fields);

	service_save(w, &s, "catalogue");
}

struct service_list
testing_catalogue(struct work *w)
{
	struct bytes file = testing_data("../ref/services.csv");
	struct csv *csv = csv_new(testing_arena(), ',');
	const struct csv_row *row;
	struct service_list all;
	struct columns c;

	csv_feed(csv, file);
	row = csv_next(csv);
	c = (struct columns){
		.code = csv_column(row, "service_code"),
		.name = csv_column(row, "service_name"),
		.group = csv_column(row, "group"),
		.fields = csv_column(row, "fields"),
		.who = csv_column(row, "who_may_ask"),
		.geo = csv_column(row, "geo"),
		.charge = csv_column(row, "charge_gbp"),
		.special = csv_column(row, "special_category"),
		.emergency = csv_column(row, "emergency_text"),
	};
	while ((row = csv_next(csv)))
		save(w, row, &c);
	csv_end(csv);
	while ((row = csv_next(csv)))
		save(w, row, &c);
	service_list(w, SOUTHMERE, &all);
	assert_false(db_failed(w->db));
	return all;
}

void
testing_service(
	struct work *w, const char *code, const char *who_may_ask, const char *fields)
{
	struct service s = testing_offer(SOUTHMERE, code, highways(w));

	s.name = arena_printf(w->arena, "Ask for %s", code);
	s.category = "Tests";
	s.who_may_ask = who_may_ask;
	s.geo = "none";
	s.fields = fields;
	service_save(w, &s, fields);
	assert_false(db_failed(w->db));
}
