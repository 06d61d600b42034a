/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_RULES_H
#define APP_DEMO_RULES_H

/* Rows of routing that a council would have written: specialist work goes past the desk;
 * and which status may follow which. Only where an organisation has no such table yet, so
 * an edited one stays. */

#include "app/demo/demo_cast.h"

void demo_rules_write(struct work *w);

#endif
