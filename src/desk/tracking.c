/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/tracking.h"

#include "desk/letters.h"
#include "rule/reference.h"
#include "store/account.h"
#include "store/secret.h"

enum { CODES_AN_HOUR = 5 };

static enum outcome
read_reference(struct work *w, const char *typed, const char **normal)
{
	char *written = arena_alloc(w->arena, REFERENCE_ROOM);

	switch (reference_read(typed, written)) {
	case REFERENCE_READ: break;
	case REFERENCE_NOT_ONE:
		return work_problem(w, "reference",
			*typed ? "problem.reference.shape" : "problem.reference.empty");
	case REFERENCE_WRONG_CHECK:
		return work_problem(w, "reference", "problem.reference.check");
	}
	*normal = written;
	return DONE;
}

enum outcome
tracking_send_code(struct work *w, const char *typed, const char **normal)
{
	struct ticket t;
	const char *code = secret_code(w->arena);

	if (read_reference(w, typed, normal) != DONE)
		return INVALID;
	if (!account_attempt(
		    w, arena_printf(w->arena, "code:%s", *normal), 3600, CODES_AN_HOUR))
		return DONE;
	if (track_find(w, *normal, &t) == DONE && letters_code(w, &t, code))
		track_put_code(w, &t, code);
	return DONE;
}

/* Digits as typed, without blanks. */
static const char *
digits_of(struct arena *a, const char *typed)
{
	char *digits = arena_copy(a, typed);
	char *end = digits;

	for (const char *c = digits; *c; c++)
		if (*c >= '0' && *c <= '9')
			*end++ = *c;
	*end = 0;
	return digits;
}

enum outcome
tracking_enter(struct work *w, const char *reference, const char *code)
{
	struct ticket t;
	const char *digits = digits_of(w->arena, code);

	if (!*digits)
		return work_problem(w, "code", "problem.code.empty");
	if (track_find(w, reference, &t) != DONE || track_use_code(w, &t, digits) != DONE)
		return work_problem(w, "code", "problem.code.wrong");
	track_grant(w, &t);
	return DONE;
}
