/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/recognise.h"

#include "rule/answer.h"

#include <string.h>
#include <strings.h>

static bool
said(const char *text)
{
	return text && *text;
}

static const char *
normal_form(struct arena *a, enum field_type type, const char *typed)
{
	const struct field f = {.name = "", .type = type};
	const struct answer answer = {&typed, 1};
	struct verdict v = answer_check(
		a, &f, &answer, (struct date){.year = 1970, 1, 1});

	return v.text && *v.text ? v.text : NULL;
}

const char *
recognise_email(struct arena *a, const char *typed)
{
	const char *normal = normal_form(a, FIELD_EMAIL, typed);
	char *small = arena_copy(a, normal);

	for (char *c = small; c && *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c += 'a' - 'A';
	return small;
}

const char *
recognise_phone(struct arena *a, const char *typed)
{
	return normal_form(a, FIELD_PHONE, typed);
}

static enum outcome
normalise(struct work *w, struct contact *c)
{
	enum outcome end = DONE;

	if (said(c->from.email)) {
		const char *email = recognise_email(w->arena, c->from.email);

		if (!email)
			end = work_problem(w, "email", "problem.email.shape");
		c->from.email = email;
	}
	if (said(c->from.phone)) {
		const char *phone = recognise_phone(w->arena, c->from.phone);

		if (!phone)
			end = work_problem(w, "phone", "problem.phone.shape");
		c->from.phone = phone;
	}
	return end;
}

static bool
find_known(struct work *w, const struct contact *c, struct person *p)
{
	struct scope all = access_house(c->org);

	if (c->person)
		return person_get(w, &all, c->person, p) == DONE;
	if (said(c->from.email) &&
		person_by_address(w, c->org, "email", c->from.email, p) == DONE)
		return true;
	return said(c->from.phone) && said(c->from.name) &&
	       person_by_address(w, c->org, "phone", c->from.phone, p) == DONE &&
	       strcasecmp(p->name, c->from.name) == 0;
}

enum outcome
recognise(struct work *w, struct contact *c, struct person *p)
{
	*p = (struct person){.org = c->org};
	if (normalise(w, c) != DONE)
		return INVALID;
	if (find_known(w, c, p)) {
		person_add_address(w, p, "phone", c->from.phone);
		return DONE;
	}
	*p = (struct person){
		.org = c->org,
		.name = said(c->from.name) ? c->from.name : "",
		.email = c->from.email,
		.phone = c->from.phone,
	};
	if (said(p->name) || said(p->email) || said(p->phone))
		person_insert(w, p);
	return DONE;
}
