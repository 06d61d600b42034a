/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_RECOGNISE_H
#define DESK_RECOGNISE_H

#include "store/contact.h"
#include "store/person.h"

/*
 * Who a contact is from: the known person it names; else the only one with that e-mail
 * address; else the only one with that telephone and name; else somebody new. Addresses
 * are brought into their normal form in *c first. p->id 0: anonymous, nothing is known.
 * INVALID when an address cannot be one (problems: email, phone).
 */
enum outcome recognise(struct work *w, struct contact *c, struct person *p) must_check;

/* The e-mail address as accounts and people are found by it: checked, all small letters;
 * NULL when it cannot be one. And a telephone number: +441614960000. */
const char *recognise_email(struct arena *a, const char *typed);
const char *recognise_phone(struct arena *a, const char *typed);

#endif
