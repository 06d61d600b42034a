/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api.h"
#include "channel/api/api_door.h"
#include "contract_files.h"
#include "store/audit.h"
#include "store/person.h"
#include "store/service.h"
#include "store/shelf.h"

enum { MOST_PEOPLE = 20 };

static void
show_service(struct jsonout *j, const struct service *s)
{
	jsonout_member(j, "code", s->code);
	jsonout_member(j, "name", s->name);
	jsonout_member(j, "category", s->category);
	jsonout_member(j, "kind", s->kind);
	jsonout_member_whole(j, "priority", s->priority);
	jsonout_member(j, "who_may_ask", s->who_may_ask);
	jsonout_member_truth(j, "open311", s->open311);
}

enum outcome
api_services(struct work *w, const struct request *q, struct reply *r)
{
	struct service_list list;
	struct jsonout j = api_door_answer(r, 200);

	(void)q;
	service_list(w, w->actor->org, &list);
	jsonout_record(&j);
	jsonout_name(&j, "services");
	jsonout_list(&j);
	for (int i = 0; i < list.count; i++) {
		jsonout_record(&j);
		show_service(&j, &list.at[i]);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

static void
show_field(struct jsonout *j, struct arena *a, const struct field *f)
{
	jsonout_record(j);
	jsonout_member(j, "name", f->name);
	jsonout_member(j, "label", form_label(a, f->name));
	jsonout_member(j, "type", form_type_word(f->type));
	jsonout_member_truth(j, "required", f->required);
	jsonout_name(j, "choices");
	jsonout_list(j);
	for (int i = 0; i < f->choice_count; i++)
		jsonout_text(j, f->choices[i]);
	jsonout_end(j);
	jsonout_end(j);
}

enum outcome
api_service(struct work *w, const struct request *q, struct reply *r)
{
	const struct form *form;
	struct service s;
	struct jsonout j;

	if (service_find(w, w->actor->org, path_part(q, "code"), &s) != DONE)
		return api_door_refuse(w, r, MISSING);
	form = shelf_form(w, s.org, s.code, s.form_version);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	show_service(&j, &s);
	jsonout_member_whole(&j, "form_version", s.form_version);
	jsonout_name(&j, "fields");
	jsonout_list(&j);
	for (int i = 0; form && i < form->count; i++)
		show_field(&j, w->arena, &form->fields[i]);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_people(struct work *w, const struct request *q, struct reply *r)
{
	const char *search = query_text(q, "q");
	struct person_list list;
	struct jsonout j;
	int64_t *ids;

	if (!access_may(w->actor, w->actor->org, RIGHT_PEOPLE))
		return api_door_refuse(w, r, DENIED);
	if (!*search)
		return api_door_problem(r, 400, INVALID,
			"q wants an e-mail address, a telephone number or the beginning "
			"of a name");
	person_search(w, w->actor->org, search, MOST_PEOPLE, &list);
	ids = arena_array(w->arena, MOST_PEOPLE, sizeof *ids);
	for (int i = 0; i < list.count; i++)
		ids[i] = list.at[i].id;
	audit_saw_people(w, ids, list.count);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_name(&j, "people");
	jsonout_list(&j);
	for (int i = 0; i < list.count; i++) {
		const struct person *p = &list.at[i];

		jsonout_record(&j);
		jsonout_member_id(&j, "id", p->id);
		jsonout_member(&j, "name", p->name);
		jsonout_member(&j, "email", p->email);
		jsonout_member(&j, "phone", p->phone);
		jsonout_member(&j, "postcode", p->postcode);
		jsonout_member_truth(&j, "vip", p->vip);
		jsonout_member_truth(&j, "vulnerable", p->vulnerable);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_contract(struct work *w, const struct request *q, struct reply *r)
{
	(void)w;
	(void)q;
	return reply_bytes(r, "application/json",
		(struct bytes){(const unsigned char *)contract_files[0].text,
			contract_files[0].length});
}
