/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing_inert.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const char *const names[] = {"p", "div", "blockquote", "pre", "ul", "ol", "li",
	"dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "a",
	"strong", "em", "s", "del", "ins", "sub", "sup", "code"};

enum { DEEPEST = 256 };

static bool
begins(const char *at, const char *with, const char **rest)
{
	size_t n = strlen(with);

	if (strncmp(at, with, n) != 0)
		return false;
	*rest = at + n;
	return true;
}

/* The whole of an address in quotes: a scheme that leads out, and nothing that could end
 * the attribute. */
static bool
is_link(const char *at, const char **rest)
{
	static const char *const schemes[] = {"http:", "https:", "mailto:", "tel:"};
	bool known = false;

	if (!begins(at, " href=\"", &at))
		return false;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		known = known || strncasecmp(at, schemes[i], strlen(schemes[i])) == 0;
	at += strcspn(at, "\"<> \t\r\n\\");
	return known && begins(at, "\" rel=\"noopener noreferrer nofollow\"", rest);
}

static bool
is_span(const char *at, const char *name, const char **rest)
{
	size_t digits;

	if (!begins(at, name, &at))
		return false;
	digits = strspn(at, "0123456789");
	return digits >= 1 && digits <= 2 && begins(at + digits, "\"", rest);
}

/* Which of the names an opening tag has, or -1. */
static int
opened(const char *at, const char **rest)
{
	char name[16];
	int n = 0;

	if (sscanf(at, "%15[a-z]%n", name, &n) != 1)
		return -1;
	for (int i = 0; i < (int)(sizeof names / sizeof *names); i++) {
		if (strcmp(names[i], name) != 0)
			continue;
		at += n;
		if (strcmp(name, "a") == 0)
			(void)!is_link(at, &at);
		if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0) {
			(void)!is_span(at, " colspan=\"", &at);
			(void)!is_span(at, " rowspan=\"", &at);
		}
		return begins(at, ">", rest) ? i : -1;
	}
	return -1;
}

bool
testing_inert(const char *html)
{
	int open[DEEPEST], depth = 0;

	while ((html = strchr(html, '<'))) {
		const char *at = html + 1;

		if (begins(at, "br>", &html) || begins(at, "hr>", &html))
			continue;
		if (*at == '/') {
			const char *name = depth > 0 ? names[open[--depth]] : "/";

			if (!begins(at + 1, name, &at) || !begins(at, ">", &html))
				return false;
			continue;
		}
		if (depth == DEEPEST || (open[depth] = opened(at, &html)) < 0)
			return false;
		depth++;
	}
	return depth == 0;
}
