/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/admin_skills.h"

#include "desk/staffing.h"

#include "base/bytes.h"
#include "format/words.h"
#include "store/demand.h"
#include "store/service.h"
#include "store/skill.h"
#include "web/admin/sheet.h"
#include "web/say.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const enum word levels[] = {
	WORD_skill_level_0, WORD_skill_level_1, WORD_skill_level_2, WORD_skill_level_3};

static const char *
number_text(struct work *w, int64_t n)
{
	return arena_printf(w->arena, "%" PRId64, n);
}

static struct part_choices
skill_choices(struct sheet *s, const struct skill_list *skills)
{
	struct part_choice *at = sheet_choices(s, skills->count);

	for (int i = 0; i < skills->count; i++)
		at[i] = (struct part_choice){
			.value = number_text(s->w, skills->at[i].id),
			.label = skills->at[i].name,
		};
	return (struct part_choices){at, skills->count};
}

static struct part_choices
level_choices(struct sheet *s)
{
	struct part_choice *at = sheet_choices(s, SKILL_LEVELS);

	for (int i = 0; i < SKILL_LEVELS; i++)
		at[i] = (struct part_choice){
			.value = number_text(s->w, i + 1),
			.label = say(s->w, levels[i + 1]),
		};
	return (struct part_choices){at, SKILL_LEVELS};
}

static struct part_choices
service_choices(struct sheet *s)
{
	struct service_list services;
	struct part_choice *at;

	service_list(s->w, s->w->actor->org, &services);
	at = sheet_choices(s, services.count);
	for (int i = 0; i < services.count; i++)
		at[i] = (struct part_choice){
			.value = services.at[i].code,
			.label = arena_printf(s->w->arena, "%s (%s)", services.at[i].name,
				services.at[i].code),
		};
	return (struct part_choices){at, services.count};
}

static void
held_section(struct sheet *s, const struct skill_list *skills)
{
	static const struct admin_column heads[] = {{WORD_report_name, false},
		{WORD_skill_skill, false}, {WORD_skill_level, false}};
	static const struct admin_columns columns = {heads, 3};
	struct work *w = s->w;
	struct skill_held_list held;

	skill_held(w, w->actor->org, &held);
	sheet_section(s, WORD_skill_people, &columns, held.count);
	sheet_form(s, "/admin/skills/person", WORD_sheet_save);
	for (int i = 0; i < held.count; i++) {
		const struct skill_held *h = &held.at[i];
		const char *texts[] = {
			h->person_name, h->skill_name, say(w, levels[h->level])};
		const struct sheet_field gone[] = {{"person", number_text(w, h->person)},
			{"skill", number_text(w, h->skill)}, {"level", "0"}};

		sheet_row(s, texts, sheet_fields(w, gone, 3));
	}
	sheet_select(s, "person", WORD_report_name, sheet_people(s));
	sheet_select(s, "skill", WORD_skill_skill, skill_choices(s, skills));
	sheet_select(s, "level", WORD_skill_level, level_choices(s));
}

static void
needs_section(struct sheet *s, const struct skill_list *skills)
{
	static const struct admin_column heads[] = {{WORD_queue_service, false},
		{WORD_skill_skill, false}, {WORD_skill_level, false},
		{WORD_skill_size, true}};
	static const struct admin_columns columns = {heads, 4};
	struct work *w = s->w;
	struct demand_list needs;

	demand_list(w, w->actor->org, &needs);
	sheet_section(s, WORD_skill_services, &columns, needs.count)->note = say(
		w, WORD_skill_services_note);
	sheet_form(s, "/admin/skills/service", WORD_sheet_save);
	for (int i = 0; i < needs.count; i++) {
		const struct demand_row *n = &needs.at[i];
		const char *texts[] = {n->service_name, n->skill_name,
			n->level ? say(w, levels[n->level]) : "",
			number_text(w, n->size)};
		const struct sheet_field gone[] = {{"service", n->service},
			{"skill", number_text(w, n->skill)}, {"level", "0"}};

		sheet_row(s, texts, sheet_fields(w, gone, n->skill ? 3 : 0));
	}
	sheet_select(s, "service", WORD_queue_service, service_choices(s));
	sheet_select(s, "skill", WORD_skill_skill, skill_choices(s, skills));
	sheet_select(s, "level", WORD_skill_level, level_choices(s));
}

static void
names_section(struct sheet *s, const struct skill_list *skills)
{
	static const struct admin_column heads[] = {{WORD_skill_skill, false}};
	static const struct admin_columns columns = {heads, 1};

	sheet_section(s, WORD_skill_names, &columns, skills->count);
	for (int i = 0; i < skills->count; i++) {
		const char *texts[] = {skills->at[i].name};

		sheet_row(s, texts, (struct sheet_fields){NULL, 0});
	}
	sheet_form(s, "/admin/skills", WORD_skill_add);
	sheet_text(s, "name", WORD_report_name, "");
}

static void
size_section(struct sheet *s)
{
	static const struct admin_columns none = {NULL, 0};

	sheet_section(s, WORD_skill_size, &none, 0)->note = say(
		s->w, WORD_skill_size_note);
	s->sections[s->section_count - 1].bare = true;
	sheet_form(s, "/admin/skills/size", WORD_sheet_save);
	sheet_select(s, "service", WORD_queue_service, service_choices(s));
	sheet_text(s, "size", WORD_skill_size, "1");
}

enum outcome
admin_skills_show(struct work *w, const struct request *q, struct reply *r)
{
	struct sheet *s = sheet_begin(w, q, WORD_skill_title);
	struct skill_list skills;

	skill_list(w, w->actor->org, &skills);
	held_section(s, &skills);
	needs_section(s, &skills);
	size_section(s);
	names_section(s, &skills);
	return sheet_print(s, r);
}

static enum outcome
end_of(struct work *w, const struct request *q, enum outcome end, struct reply *r)
{
	return sheet_end(w, q, end, "skills", admin_skills_show, r);
}

enum outcome
admin_skills_add(struct work *w, const struct request *q, struct reply *r)
{
	struct bytes name = bytes_trim(bytes_of(form_text(q, "name")));
	int64_t id;

	return end_of(w, q,
		staffing_skill(
			w, w->actor->org, arena_text(w->arena, name.at, name.len), &id),
		r);
}

enum outcome
admin_skills_person(struct work *w, const struct request *q, struct reply *r)
{
	return end_of(w, q,
		staffing_give(w, w->actor->org, form_int(q, "person"),
			form_int(q, "skill"), form_int(q, "level")),
		r);
}

enum outcome
admin_skills_service(struct work *w, const struct request *q, struct reply *r)
{
	return end_of(w, q,
		staffing_need(w, w->actor->org, form_text(q, "service"),
			form_int(q, "skill"), form_int(q, "level")),
		r);
}

enum outcome
admin_skills_size(struct work *w, const struct request *q, struct reply *r)
{
	return end_of(w, q,
		staffing_size(
			w, w->actor->org, form_text(q, "service"), form_int(q, "size")),
		r);
}
