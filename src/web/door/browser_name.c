/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/browser_name.h"

#include <string.h>

struct mark {
	const char *mark, *name;
};

/* Most call themselves by the names of others too: the most particular stands first. */
static const struct mark browsers[] = {{"Edg", "Edge"}, {"OPR/", "Opera"},
	{"SamsungBrowser/", "Samsung Internet"}, {"Firefox/", "Firefox"},
	{"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"},
	{"Safari/", "Safari"}, {"curl/", "curl"}, {NULL, NULL}};

static const struct mark systems[] = {{"Android", "Android"}, {"iPhone", "iPhone"},
	{"iPad", "iPad"}, {"Windows", "Windows"}, {"CrOS", "ChromeOS"},
	{"Mac OS X", "macOS"}, {"Linux", "Linux"}, {NULL, NULL}};

static const char *
find(const struct mark *marks, const char *agent)
{
	for (; marks->mark; marks++)
		if (strstr(agent, marks->mark))
			return marks->name;
	return NULL;
}

const char *
browser_name(struct arena *a, const char *agent)
{
	const char *browser = find(browsers, agent);
	const char *system = find(systems, agent);

	if (browser && system)
		return arena_printf(a, "%s – %s", browser, system);
	return browser ? browser : system;
}
