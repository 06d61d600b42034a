/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_WORK_H
#define APP_DEMO_WORK_H

/* Who can take what in the demonstration: two teams whose work the desk gives out, with
 * skills, shifts, a licence, a day off, and who is there now. After the story was played:
 * in it people took their tickets themselves. */

#include "app/demo/demo_cast.h"

/* Context: a struct demo_cast that was written. May be run again. */
enum outcome demo_work_write(struct work *w, void *context) must_check;

#endif
