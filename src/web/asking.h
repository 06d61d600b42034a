/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ASKING_H
#define WEB_ASKING_H

/*
 * Somebody fills in the form of a service: its questions in order, what was answered, and
 * what is still missing.
 *
 * The steps: each required question on a page of its own, in the form's order; then one
 * page for all that may be left out; then how to reach the person; then the answers once
 * more, with the declarations, to be sent.
 */

#include "http/reply.h"
#include "store/draft.h"
#include "store/person.h"
#include "store/service.h"
#include "web/fieldtyped.h"

enum step_kind { STEP_FIELD, STEP_MORE, STEP_CONTACT, STEP_CHECK };

struct step {
	enum step_kind kind;
	const struct field *field; /* of STEP_FIELD */
};

/* Who asks, as typed or as known: from their account, or from the form itself. */
struct asking_contact {
	const char *name, *email, *phone; /* "" when not known */
};

struct asking {
	struct service service;
	struct form form;   /* the choices of known lists filled in */
	struct draft draft; /* of this session */
	bool begun;	    /* there is one, and it was not sent */
	struct draft_file_list files;
	struct person person; /* id 0: not signed in */
	struct date today;
	struct step *steps;
	int step_count;
	bool mine; /* the form asks about who fills it in */
};

enum asking_for { ASKING_TO_READ, ASKING_TO_WRITE };

/* The form of a service alone, nothing answered: for who writes down what somebody says
 * on the telephone. MISSING: no such service. */
enum outcome asking_form(
	struct work *w, int64_t org, const char *code, struct asking *a) must_check;

/* The service of the path's :code with its form and the draft of the session; to write,
 * the draft is held. MISSING: no such service. */
enum outcome asking_open(struct work *w, const struct request *q, enum asking_for what,
	struct asking *a) must_check;

/* The service wants an account and nobody is signed in. */
bool asking_needs_account(const struct work *w, const struct asking *a);

/* "/services/HW-POTHOLE/q/size"; with `change` the answer leads back to the check. */
const char *asking_address(
	struct arena *arena, const struct asking *a, const struct step *s, bool change);

/* The answer to one field as it stands; of a file field the names of its files. */
struct fieldtyped asking_answer(
	struct work *w, const struct asking *a, const struct field *f);

/* Checks a field: notes its problem (work_problem) and says INVALID, or DONE. */
enum outcome asking_check(
	struct work *w, const struct asking *a, const struct field *f) must_check;

struct asking_contact asking_contact_of(struct work *w, const struct asking *a);

/* Checks how to reach the person: problems contact-name, contact-email, contact-phone. */
enum outcome asking_check_contact(struct work *w, const struct asking *a) must_check;

/* Whether a name and an e-mail address must be given. */
bool asking_may_be_anonymous(const struct asking *a);

/* The first step that is not answered rightly; the check when all are. Notes nothing. */
const struct step *asking_next_open(struct work *w, const struct asking *a);

/* The titles of pages that do not belong to one field. */
const char *asking_step_title(
	struct work *w, const struct asking *a, const struct step *s);

/* How many optional questions there are. */
int asking_optional(const struct asking *a);

#endif
