/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_SHARING_H
#define APP_DEMO_SHARING_H

#include "app/demo/demo_cast.h"

/* Two agreements between the organisations of the demonstration: one in force and one
 * that is over. Made once. */
enum outcome demo_sharing_write(struct work *w, void *context);

#endif
