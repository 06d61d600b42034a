// SPDX-License-Identifier: AGPL-3.0-or-later
import { accounts } from './accounts.mjs';
import { acts } from './acts.mjs';
import { reports } from './reports.mjs';
import { rules } from './rules.mjs';
import { sharing } from './sharing.mjs';
import { staffing } from './staffing.mjs';

export const parts = [acts, rules, sharing, staffing, accounts, reports];
