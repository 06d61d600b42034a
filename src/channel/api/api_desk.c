/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_desk.h"

#include "base/times.h"
#include "channel/api/api_door.h"
#include "channel/api/api_reports.h"
#include "desk/moderate.h"
#include "desk/offering.h"
#include "store/audit.h"
#include "store/figures.h"
#include "store/person.h"
#include "store/publication.h"
#include "store/saved_reply.h"
#include "store/score.h"
#include "store/team.h"
#include "store/ticket_list.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { COUNTED = 1000 };

static const char *
or_empty(const char *text)
{
	return text ? text : "";
}

enum outcome
api_desk_draft(struct work *w, const struct request *q, struct reply *r)
{
	struct ticket t;
	struct jsonout j;
	enum outcome end = api_door_find(w, q, r, &t);

	if (end != DONE)
		return end;
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member(&j, "body", saved_reply_get(w, &t));
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_desk_save_draft(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const char *words = json_words(json_get(body, "body"));
	struct ticket t;
	enum outcome end = body ? api_door_find(w, q, r, &t) : INVALID;

	if (end != DONE)
		return end;
	if (!ticket_may(w, &t, RIGHT_REPLY) && !ticket_may(w, &t, RIGHT_NOTE))
		return api_door_refuse(w, r, DENIED);
	if (!words)
		return api_door_problem(r, 422, INVALID, "body is a text");
	saved_reply_put(w, &t, words);
	r->status = 204;
	return DONE;
}

enum outcome
api_desk_score(struct work *w, const struct request *q, struct reply *r)
{
	struct score s;
	struct ticket t;
	struct jsonout j;
	enum outcome end = api_door_find(w, q, r, &t);

	if (end != DONE)
		return end;
	if (!ticket_shows(&t, DETAIL_PUBLIC) || score_of(w, &t, &s) != DONE)
		return api_door_refuse(w, r, MISSING);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_instant(&j, "asked", s.sent);
	jsonout_member_instant(&j, "answered", s.score ? s.answered : TIMES_NONE);
	jsonout_member_whole(&j, "score", s.score);
	jsonout_member(&j, "comment",
		s.score && ticket_shows(&t, DETAIL_WORDS) ? s.comment : NULL);
	jsonout_end(&j);
	return DONE;
}

/* What of it everybody may read, and which photographs could be shown. */
enum outcome
api_desk_publication(struct work *w, const struct request *q, struct reply *r)
{
	struct publication_photo_list photos;
	struct publication_state_now now;
	struct ticket t;
	struct jsonout j;
	enum outcome end = api_door_find(w, q, r, &t);

	if (end != DONE)
		return end;
	if (!ticket_may(w, &t, RIGHT_REPLY))
		return api_door_refuse(w, r, DENIED);
	if (publication_now(w, &t, &now) != DONE)
		return api_door_refuse(w, r, MISSING);
	publication_photos(w, t.org, t.id, &photos);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_truth(&j, "public", !now.hidden);
	jsonout_member(&j, "words", now.words);
	jsonout_name(&j, "photos");
	jsonout_list(&j);
	for (int i = 0; i < photos.count; i++) {
		jsonout_record(&j);
		jsonout_member_id(&j, "id", photos.at[i].id);
		jsonout_member(&j, "type", photos.at[i].type);
		jsonout_member_truth(&j, "shown", photos.at[i].shown);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

static bool
read_photos(struct work *w, const struct json *list, struct moderation *m)
{
	int64_t *ids;

	if (json_none(list))
		return true;
	if (list->kind != JSON_KIND_LIST)
		return false;
	ids = arena_array(w->arena, (size_t)list->count + 1, sizeof *ids);
	for (int i = 0; i < list->count; i++) {
		const char *id = json_words(&list->items[i]);

		ids[i] = id ? strtoll(id, NULL, 10) : 0;
	}
	m->photos = ids;
	m->photo_count = list->count;
	return true;
}

/* What everybody may read of it: whether at all, and which words and photographs. */
enum outcome
api_desk_publish(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const struct json *public = json_get(body, "public");
	struct moderation m = {.hidden = false};
	struct ticket t;
	enum outcome end = body ? api_door_find(w, q, r, &t) : INVALID;

	if (end != DONE)
		return end;
	if (!public || public->kind != JSON_KIND_TRUTH)
		return api_door_problem(r, 422, INVALID, "public is true or false");
	m.hidden = !public->truth;
	m.words = json_words(json_get(body, "words"));
	if (!read_photos(w, json_get(body, "photos"), &m))
		return api_door_problem(
			r, 422, INVALID, "photos is a list of ids of files");
	end = moderate(w, &t, &m);
	if (end == MISSING)
		return api_door_problem(r, 409, CONFLICT,
			"the service of this ticket is not offered to the public");
	if (end != DONE)
		return api_door_refuse(w, r, end);
	r->status = 204;
	return DONE;
}

enum outcome
api_desk_teams(struct work *w, const struct request *q, struct reply *r)
{
	int64_t org = w->actor->org;
	struct team_member_list everybody;
	struct team_list list;
	struct jsonout j;

	(void)q;
	if (!access_may(w->actor, org, RIGHT_SEE) &&
		!access_may(w->actor, org, RIGHT_SEE_TEAM) &&
		!access_may(w->actor, org, RIGHT_ADMIN))
		return api_door_refuse(w, r, DENIED);
	team_list(w, org, &list);
	team_everybody(w, org, &everybody);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_name(&j, "teams");
	jsonout_list(&j);
	for (int i = 0; i < list.count; i++) {
		jsonout_record(&j);
		jsonout_member_id(&j, "id", list.at[i].id);
		jsonout_member(&j, "name", list.at[i].name);
		jsonout_member(&j, "kind", list.at[i].kind);
		jsonout_member(&j, "mode", list.at[i].push ? "push" : "claim");
		jsonout_name(&j, "members");
		jsonout_list(&j);
		for (int k = 0; k < everybody.count; k++) {
			const struct team_member *m = &everybody.at[k];

			if (m->team != list.at[i].id)
				continue;
			jsonout_record(&j);
			jsonout_member_id(&j, "id", m->person);
			jsonout_member(&j, "name", m->name);
			jsonout_end(&j);
		}
		jsonout_end(&j);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

static void
count_queue(struct work *w, struct jsonout *j, const char *queue, const char *name,
	const struct ticket_query *find)
{
	struct scope s = access_scope(w->actor, w->actor->org, RIGHT_SEE);
	int64_t count = ticket_list_count(w, &s, find, COUNTED);

	jsonout_record(j);
	jsonout_member(j, "queue", queue);
	jsonout_member(j, "name", name);
	jsonout_member_whole(j, "open", count);
	jsonout_member_truth(j, "more", count >= COUNTED);
	jsonout_end(j);
}

enum outcome
api_desk_queues(struct work *w, const struct request *q, struct reply *r)
{
	struct ticket_query find = {.view = TICKET_MINE};
	struct team_list teams;
	struct jsonout j = api_door_answer(r, 200);

	(void)q;
	team_list(w, w->actor->org, &teams);
	jsonout_record(&j);
	jsonout_name(&j, "queues");
	jsonout_list(&j);
	count_queue(w, &j, "mine", NULL, &find);
	find.view = TICKET_ALL;
	count_queue(w, &j, "all", NULL, &find);
	find.view = TICKET_TEAM;
	for (int i = 0; i < teams.count; i++) {
		find.team = teams.at[i].id;
		count_queue(w, &j, teams.at[i].name, teams.at[i].name, &find);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

static void
show_figures(struct jsonout *j, const struct figures *f)
{
	static const struct {
		const char *name;
		size_t place;
	} members[] = {
		{"backlog", offsetof(struct figures, backlog)},
		{"past_due", offsetof(struct figures, broken)},
		{"in", offsetof(struct figures, in)},
		{"out", offsetof(struct figures, out)},
		{"response", offsetof(struct figures, response)},
		{"response_met", offsetof(struct figures, response_met)},
		{"resolution", offsetof(struct figures, resolution)},
		{"resolution_met", offsetof(struct figures, resolution_met)},
		{"asked", offsetof(struct figures, asked)},
		{"answered", offsetof(struct figures, answered)},
		{"score", offsetof(struct figures, score)},
	};

	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		jsonout_member_whole(j, members[i].name,
			*(const int64_t *)((const char *)f + members[i].place));
	api_door_open_list(j, "ages");
	for (int i = 0; i < FIGURES_AGES; i++)
		jsonout_whole(j, f->ages[i]);
	jsonout_end(j);
}

static void
show_rows(struct jsonout *j, const char *name, const struct figures_list *list)
{
	jsonout_name(j, name);
	jsonout_list(j);
	for (int i = 0; i < list->count; i++) {
		const struct figures_row *row = &list->at[i];

		jsonout_record(j);
		if (row->team)
			jsonout_member_id(j, "id", row->team);
		else
			jsonout_member(j, "code", row->service);
		jsonout_member(j, "name", row->name);
		show_figures(j, &row->f);
		jsonout_end(j);
	}
	jsonout_end(j);
}

enum outcome
api_desk_figures(struct work *w, const struct request *q, struct reply *r)
{
	struct scope s = access_figures(w->actor, w->actor->org);
	struct figures_period p;
	struct figures_report report;
	struct jsonout j;
	enum outcome end = s.all ? api_reports_period(w, q, r, &p) : DENIED;

	if (end == DENIED)
		return api_door_refuse(w, r, DENIED);
	if (end != DONE)
		return end;
	figures_read(w, &s, &p, &report);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_instant(&j, "from", p.from);
	jsonout_member_instant(&j, "to", p.to);
	jsonout_name(&j, "all");
	jsonout_record(&j);
	show_figures(&j, &report.all);
	jsonout_end(&j);
	show_rows(&j, "teams", &report.teams);
	show_rows(&j, "services", &report.services);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_desk_person(struct work *w, const struct request *q, struct reply *r)
{
	struct scope look = access_people(w->actor, w->actor->org);
	struct person p;
	struct jsonout j;

	if (!access_may(w->actor, w->actor->org, RIGHT_PEOPLE))
		return api_door_refuse(w, r, DENIED);
	if (person_get(w, &look, path_int(q, "id"), &p) != DONE)
		return api_door_refuse(w, r, MISSING);
	audit_glance(
		w, &(struct glance){.org = p.org,
			   .action = "view",
			   .subject = arena_printf(w->arena, "person %" PRId64, p.id),
			   .detail = "what=api"});
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_id(&j, "id", p.id);
	jsonout_member(&j, "name", p.name);
	jsonout_member(&j, "email", p.email);
	jsonout_member(&j, "phone", p.phone);
	jsonout_member(&j, "address", p.address);
	jsonout_member(&j, "postcode", p.postcode);
	jsonout_member(&j, "uprn", p.uprn);
	jsonout_member(&j, "language", p.language);
	jsonout_member(&j, "adjustments", p.adjustments);
	jsonout_member_truth(&j, "vip", p.vip);
	jsonout_member_truth(&j, "vulnerable", p.vulnerable);
	jsonout_end(&j);
	return DONE;
}

static void
show_stoppers(struct work *w, struct jsonout *j, const char *code)
{
	struct stopper_list list;

	stopper_row_list(w, w->actor->org, code, &list);
	jsonout_name(j, "stoppers");
	jsonout_list(j);
	for (int i = 0; i < list.count; i++) {
		const struct stopper *s = &list.at[i];

		jsonout_record(j);
		jsonout_member(j, "kind", stopper_kind_name(s->kind));
		jsonout_member(j, "field", *s->field ? s->field : NULL);
		jsonout_member(j, "value", *s->value ? s->value : NULL);
		jsonout_member(j, "area", *s->area ? s->area : NULL);
		jsonout_member(j, "words", s->words);
		jsonout_member_instant(j, "until", s->until ? s->until : TIMES_NONE);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static enum outcome
answer_offer(struct work *w, const char *code, struct reply *r)
{
	struct offer o;
	struct jsonout j;

	if (publication_offer(w, w->actor->org, code, &o) != DONE)
		return api_door_refuse(w, r, MISSING);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member(&j, "service", o.code);
	jsonout_member(&j, "type", o.type);
	jsonout_member(&j, "keywords", o.keywords);
	jsonout_member_truth(&j, "publish_words", o.words);
	jsonout_member_truth(&j, "publish_photos", o.photos);
	jsonout_member_truth(&j, "moderate", o.moderate);
	jsonout_member(&j, "stopper", *o.stopper ? o.stopper : NULL);
	show_stoppers(w, &j, o.code);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_desk_offer(struct work *w, const struct request *q, struct reply *r)
{
	return answer_offer(w, path_part(q, "code"), r);
}

/* All of them anew, in this order. */
static enum outcome
save_stoppers(struct work *w, const char *code, const struct json *list)
{
	struct stopper_list old;

	if (!list)
		return DONE;
	if (list->kind != JSON_KIND_LIST)
		return work_problem(w, "stoppers", "problem.bodies.kind");
	stopper_row_list(w, w->actor->org, code, &old);
	for (int i = 0; i < old.count; i++)
		if (offering_unstop(w, w->actor->org, code, old.at[i].id) != DONE)
			return MISSING;
	for (int i = 0; i < list->count; i++) {
		const struct json *v = &list->items[i];
		const char *until = json_words(json_get(v, "until"));
		struct stopper s = {
			.kind = stopper_kind_named(
				or_empty(json_words(json_get(v, "kind")))),
			.field = or_empty(json_words(json_get(v, "field"))),
			.value = or_empty(json_words(json_get(v, "value"))),
			.area = or_empty(json_words(json_get(v, "area"))),
			.words = or_empty(json_words(json_get(v, "words"))),
		};

		if (until && !times_parse_iso(bytes_of(until), &s.until))
			return work_problem(w, "until", "problem.closure.date");
		if (offering_stop(w, w->actor->org, code, &s) != DONE)
			return INVALID;
	}
	return DONE;
}

static bool
truth(const struct json *v, bool otherwise)
{
	return v && v->kind == JSON_KIND_TRUTH ? v->truth : otherwise;
}

enum outcome
api_desk_save_offer(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const char *code = path_part(q, "code");
	const char *type = json_words(json_get(body, "type"));
	const char *keywords = json_words(json_get(body, "keywords"));
	const struct json *offered = json_get(body, "offered");
	enum outcome end = DONE;
	struct offer o;

	if (!body)
		return INVALID;
	if (!access_may(w->actor, w->actor->org, RIGHT_ADMIN))
		return api_door_refuse(w, r, DENIED);
	if (offered)
		end = offering_mark(w, w->actor->org, code, truth(offered, true));
	if (end != DONE)
		return api_door_refuse(w, r, end);
	if (offered && !truth(offered, true)) {
		r->status = 204;
		return DONE;
	}
	if (publication_offer(w, w->actor->org, code, &o) != DONE)
		return api_door_refuse(w, r, MISSING);
	o.type = type ? type : o.type;
	o.keywords = keywords ? keywords : o.keywords;
	o.words = truth(json_get(body, "publish_words"), o.words);
	o.photos = truth(json_get(body, "publish_photos"), o.photos);
	o.moderate = truth(json_get(body, "moderate"), o.moderate);
	if (json_get(body, "stopper"))
		o.stopper = or_empty(json_words(json_get(body, "stopper")));
	end = offering_save(w, w->actor->org, &o);
	if (end == DONE)
		end = save_stoppers(w, o.code, json_get(body, "stoppers"));
	if (end != DONE)
		return api_door_refuse(w, r, end);
	return answer_offer(w, o.code, r);
}
