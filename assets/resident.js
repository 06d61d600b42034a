// SPDX-License-Identifier: AGPL-3.0-or-later
import { initAll } from '{asset "govuk-frontend.min.js"}'

initAll()
