/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/admin_work.h"

#include "desk/assign.h"
#include "desk/staffing.h"
#include "format/words.h"
#include "store/team.h"
#include "store/worker.h"
#include "web/admin/sheet.h"
#include "web/say.h"
#include "web/staff/staff_words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *
number_text(struct work *w, int64_t n)
{
	return arena_printf(w->arena, "%" PRId64, n);
}

static void
teams_section(struct sheet *s, const struct team_list *teams)
{
	static const struct admin_column heads[] = {
		{WORD_queue_team, false}, {WORD_work_mode, false}};
	static const struct admin_columns columns = {heads, 2};
	struct work *w = s->w;
	struct part_choice *choices = sheet_choices(s, teams->count);
	struct part_choice *modes = sheet_choices(s, 2);

	sheet_section(s, WORD_work_teams, &columns, teams->count)->note = say(
		w, WORD_work_teams_note);
	for (int i = 0; i < teams->count; i++) {
		const struct team *t = &teams->at[i];
		const char *texts[] = {
			t->name, say(w, t->push ? WORD_work_push : WORD_work_claim)};

		sheet_row(s, texts, (struct sheet_fields){NULL, 0});
		choices[i] = (struct part_choice){
			.value = number_text(w, t->id), .label = t->name};
	}
	modes[0] = (struct part_choice){
		.value = "claim", .label = say(w, WORD_work_claim)};
	modes[1] = (struct part_choice){.value = "push", .label = say(w, WORD_work_push)};
	sheet_form(s, "/admin/work/team", WORD_sheet_save);
	sheet_select(
		s, "team", WORD_queue_team, (struct part_choices){choices, teams->count});
	sheet_select(s, "mode", WORD_work_mode, (struct part_choices){modes, 2});
}

static const char *
presence_text(struct work *w, const struct worker *m)
{
	static const enum word words[] = {
		[PRESENCE_UNKNOWN] = WORD_presence_unknown,
		[PRESENCE_HERE] = WORD_presence_here,
		[PRESENCE_BUSY] = WORD_presence_busy,
		[PRESENCE_AWAY] = WORD_presence_away,
	};

	return say(w, words[m->presence.state]);
}

static void
people_section(struct sheet *s)
{
	static const struct admin_column heads[] = {{WORD_report_name, false},
		{WORD_work_capacity, true}, {WORD_work_cap, true}, {WORD_work_load, true},
		{WORD_work_shift_now, false}, {WORD_presence_title, false}};
	static const struct admin_columns columns = {heads, 6};
	struct work *w = s->w;
	struct part_choice *choices;
	struct worker_list list;

	worker_everybody(w, w->actor->org, &list);
	choices = sheet_choices(s, list.count);
	sheet_section(s, WORD_work_people, &columns, list.count)->note = say(
		w, WORD_work_people_note);
	for (int i = 0; i < list.count; i++) {
		const struct worker *m = &list.at[i];
		const char *name = m->name ? m->name : "";
		const char *texts[] = {name, number_text(w, m->capacity),
			number_text(w, m->cap), number_text(w, m->load),
			say(w, worker_on_shift(m, w->now) ? WORD_ticket_yes
							  : WORD_work_no),
			presence_text(w, m)};

		sheet_row(s, texts, (struct sheet_fields){NULL, 0});
		choices[i] = (struct part_choice){
			.value = number_text(w, m->person), .label = name};
	}
	sheet_form(s, "/admin/work/person", WORD_sheet_save);
	sheet_select(s, "person", WORD_report_name,
		(struct part_choices){choices, list.count});
	sheet_text(s, "capacity", WORD_work_capacity, "100");
	sheet_text(s, "cap", WORD_work_cap, "10");
}

enum outcome
admin_work_show(struct work *w, const struct request *q, struct reply *r)
{
	struct sheet *s = sheet_begin(w, q, WORD_work_title);
	struct team_list teams;

	team_list(w, w->actor->org, &teams);
	s->view.lead = say(w, WORD_work_lead);
	teams_section(s, &teams);
	people_section(s);
	return sheet_print(s, r);
}

enum outcome
admin_work_team(struct work *w, const struct request *q, struct reply *r)
{
	bool push = strcmp(form_text(q, "mode"), "push") == 0;
	enum outcome end = assign_team(w, w->actor->org, form_int(q, "team"), push);

	if (end != DONE)
		end = work_problem(w, "team", "problem.team.unknown");
	return sheet_end(w, q, end, "work", admin_work_show, r);
}

enum outcome
admin_work_person(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = staffing_worker(w, w->actor->org, form_int(q, "person"),
		form_int(q, "capacity"), form_int(q, "cap"));

	return sheet_end(w, q, end, "work", admin_work_show, r);
}
