// SPDX-License-Identifier: AGPL-3.0-or-later
import { contractOn } from './contract/run.mjs';

contractOn('sqlite');
