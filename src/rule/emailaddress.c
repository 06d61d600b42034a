/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/emailaddress.h"

#include "base/bytes.h"
#include "rule/typed.h"

#include <string.h>

enum { LONGEST = 254, LONGEST_LOCAL = 64, LONGEST_LABEL = 63 };

static bool
is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_alphanumeric(unsigned char c)
{
	return is_letter(c) || (c >= '0' && c <= '9');
}

/* Dots stand between other characters only. */
static bool
is_local(struct bytes local)
{
	bool dot = true;

	if (local.len == 0 || local.len > LONGEST_LOCAL)
		return false;
	for (size_t i = 0; i < local.len; i++) {
		unsigned char c = local.at[i];

		if (c == '.' ? dot
			     : !is_alphanumeric(c) && !strchr("!#$%&'*+/=?^_`{|}~-", c))
			return false;
		dot = c == '.';
	}
	return !dot;
}

static bool
is_label(struct bytes label)
{
	if (label.len == 0 || label.len > LONGEST_LABEL || label.at[0] == '-' ||
		label.at[label.len - 1] == '-')
		return false;
	for (size_t i = 0; i < label.len; i++)
		if (!is_alphanumeric(label.at[i]) && label.at[i] != '-')
			return false;
	return true;
}

static bool
is_domain(struct bytes domain)
{
	struct bytes label = {NULL, 0};
	int labels = 0;

	if (domain.len == 0 || domain.at[domain.len - 1] == '.')
		return false;
	for (; domain.len > 0; labels++) {
		label = bytes_cut(&domain, '.');
		if (!is_label(label))
			return false;
	}
	/* The last label is no number, so an address of a machine is not a domain. */
	return labels >= 2 && label.len >= 2 && is_letter(label.at[0]);
}

const char *
emailaddress_read(struct arena *a, const char *text)
{
	char *line = arena_copy(a, typed_line(a, text));
	char *at = strrchr(line, '@');

	if (!at || strlen(line) > LONGEST || !is_domain(bytes_of(at + 1)) ||
		!is_local((struct bytes){(unsigned char *)line, (size_t)(at - line)}))
		return NULL;
	for (; *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at += 'a' - 'A';
	return line;
}
