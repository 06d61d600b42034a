/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/open311/open311.h"
#include "channel/open311/open311_attributes.h"
#include "channel/open311/open311_door.h"
#include "store/publication.h"
#include "store/shelf.h"
#include "store/team.h"

#include <string.h>

enum outcome
open311_discovery(struct work *w, const struct request *q, struct reply *r)
{
	struct open311_answer o;
	struct organisation org;
	int64_t place, changed;
	enum outcome end = open311_door_place(w, q, r, &place);

	if (end != DONE)
		return end;
	if (team_organisation(w, place, &org) != DONE)
		return FAULT;
	changed = publication_changed(w, place);
	o = open311_door_answer(q, r, 200);
	open311_door_record(&o, "discovery");
	open311_door_instant(&o, "changeset", changed);
	open311_door_text(&o, "contact",
		arena_printf(w->arena, "%s, %s, %s", org.name, org.email, org.phone));
	open311_door_text(
		&o, "key_service", arena_printf(w->arena, "Ask %s for a key", org.email));
	open311_door_list(&o, "endpoints");
	open311_door_record(&o, "endpoint");
	open311_door_text(&o, "specification", "http://wiki.open311.org/GeoReport_v2");
	open311_door_text(&o, "url", arena_printf(w->arena, "%s/open311/v2", w->base));
	open311_door_instant(&o, "changeset", changed);
	open311_door_text(&o, "type", "production");
	open311_door_list(&o, "formats");
	open311_door_item(&o, "format", "text/xml");
	open311_door_item(&o, "format", "application/json");
	open311_door_end(&o);
	open311_door_end(&o);
	open311_door_end(&o);
	open311_door_end(&o);
	return DONE;
}

/* What may be asked about a service: nothing of one that has ended. */
static struct open311_attributes
attributes_of(struct work *w, int64_t org, const struct offer *s)
{
	const struct form *form = NULL;

	if (strcmp(s->state, "live") == 0)
		form = shelf_form(w, org, s->code, s->form_version);
	return open311_attributes_of(w->arena, form);
}

/* "inactive" is a flag at the client: the service is about to leave the list (O37). */
static const char *
keywords_of(struct work *w, const struct offer *s)
{
	if (strcmp(s->state, "ended") != 0)
		return s->keywords;
	return *s->keywords ? arena_printf(w->arena, "inactive,%s", s->keywords)
			    : "inactive";
}

enum outcome
open311_services(struct work *w, const struct request *q, struct reply *r)
{
	struct open311_answer o;
	struct offer_list list;
	int64_t org;
	enum outcome end = open311_door_place(w, q, r, &org);

	if (end != DONE)
		return end;
	publication_offers(w, org, &list);
	o = open311_door_answer(q, r, 200);
	open311_door_list(&o, "services");
	for (int i = 0; i < list.count; i++) {
		const struct offer *s = &list.at[i];

		open311_door_record(&o, "service");
		open311_door_text(&o, "service_code", s->code);
		open311_door_text(&o, "service_name", s->name);
		open311_door_text(
			&o, "description", *s->description ? s->description : s->name);
		open311_door_truth(&o, "metadata", attributes_of(w, org, s).count > 0);
		open311_door_text(&o, "type", s->type);
		open311_door_text(&o, "keywords", keywords_of(w, s));
		open311_door_text(&o, "group", s->category);
		open311_door_end(&o);
	}
	open311_door_end(&o);
	return DONE;
}

static void
show_attribute(
	struct open311_answer *o, struct arena *a, const struct open311_attribute *t)
{
	open311_door_record(o, "attribute");
	open311_door_truth(o, "variable", true);
	open311_door_text(o, "code", t->code);
	open311_door_text(o, "datatype", t->datatype);
	open311_door_truth(o, "required", t->required);
	open311_door_text(o, "datatype_description", t->hint);
	open311_door_number(o, "order", arena_printf(a, "%d", t->order));
	open311_door_text(o, "description", t->label);
	if (t->value_count > 0) {
		open311_door_list(o, "values");
		for (int i = 0; i < t->value_count; i++) {
			open311_door_record(o, "value");
			open311_door_text(o, "key", t->values[i]);
			open311_door_text(o, "name", form_choice_label(a, t->values[i]));
			open311_door_end(o);
		}
		open311_door_end(o);
	}
	open311_door_end(o);
}

enum outcome
open311_service(struct work *w, const struct request *q, struct reply *r)
{
	struct open311_attributes list;
	struct open311_answer o;
	struct offer s;
	int64_t org;
	enum outcome end = open311_door_place(w, q, r, &org);

	if (end != DONE)
		return end;
	if (publication_offer(w, org, path_part(q, "code"), &s) != DONE)
		return open311_door_refuse(q, r, 404, "service_code was not found");
	list = attributes_of(w, org, &s);
	o = open311_door_answer(q, r, 200);
	open311_door_record(&o, "service_definition");
	open311_door_text(&o, "service_code", s.code);
	open311_door_list(&o, "attributes");
	for (int i = 0; i < list.count; i++)
		show_attribute(&o, w->arena, &list.at[i]);
	open311_door_end(&o);
	open311_door_end(&o);
	return DONE;
}
