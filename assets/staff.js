// SPDX-License-Identifier: AGPL-3.0-or-later
// Every page of the desk works without script; this makes it quicker. What a page wants
// is said by attributes of its elements: data-key, data-patch, data-draft, data-people.

document.documentElement.classList.add('scripts')

const SETTLE = 400 // milliseconds: changes come in bursts
const PAUSE = 1500 // milliseconds without typing before a draft is kept

const say = (text) => {
  const news = document.getElementById('news')
  if (news) news.textContent = text
}

// ---- Keys. An element with data-key is found by that key: fields and lists take the
// focus, buttons are pressed. j and k walk the rows. Single keys can be switched off
// (WCAG 2.1.4). Ctrl+Enter sends the form that is being written.

const KEYS_OFF = 'desk-keys-off'
const keysOn = document.getElementById('keys-on')
if (keysOn) {
  keysOn.checked = !localStorage.getItem(KEYS_OFF)
  keysOn.addEventListener('change', () => {
    if (keysOn.checked) localStorage.removeItem(KEYS_OFF)
    else localStorage.setItem(KEYS_OFF, '1')
  })
}

const isTyping = (target) =>
  target.closest('select, textarea, [contenteditable], input:not([type="checkbox"], [type="radio"])')

function walkRows (step) {
  const rows = [...document.querySelectorAll('.row-link')]
  const here = rows.indexOf(document.activeElement)
  const next = rows[here < 0 ? 0 : here + step]
  if (next) next.focus()
  return next
}

function useKey (key) {
  if (key === 'j') return walkRows(1)
  if (key === 'k') return walkRows(-1)
  const element = document.querySelector(`[data-key="${CSS.escape(key)}"]`)
  if (!element) return null
  if (element.matches('summary')) element.parentElement.open = true
  if (element.matches('button')) element.click()
  else element.focus()
  return element
}

document.addEventListener('keydown', (event) => {
  const form = event.target.form
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault()
    form.requestSubmit(form.querySelector('[aria-keyshortcuts="Control+Enter"]'))
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  if (keysOn && !keysOn.checked) return
  if (useKey(event.key)) event.preventDefault()
})

// ---- Live. When something changes that this page may show, the page is fetched again and
// its parts marked data-patch (each with an id) are put in the places of the old ones. A
// part in which somebody is writing stays as it is. Rows (data-row) that were not there
// before are marked and counted in the words of data-news.

const isBusy = (part) =>
  (part.contains(document.activeElement) && isTyping(document.activeElement)) ||
  [...part.querySelectorAll('textarea')].some((area) => area.value !== area.defaultValue)

function markNew (old, next) {
  const known = new Set([...old.querySelectorAll('[data-row]')].map((row) => row.dataset.row))
  const fresh = [...next.querySelectorAll('[data-row]')].filter((row) => !known.has(row.dataset.row))
  for (const row of fresh) row.classList.add('fresh')
  if (fresh.length && next.dataset.news) say(next.dataset.news.replace('%', fresh.length))
}

// What a form was decided on: the page now shows what it is told here.
function decideOn (part) {
  for (const name of ['version', 'seen']) {
    if (!(name in part.dataset)) continue
    for (const field of document.querySelectorAll(`input[type="hidden"][name="${name}"]`)) {
      field.value = part.dataset[name]
    }
  }
}

function patch (part, other) {
  const active = part.contains(document.activeElement) && document.activeElement.getAttribute('href')
  const next = document.importNode(other, true)
  markNew(part, next)
  part.replaceWith(next)
  if (active) next.querySelector(`[href="${CSS.escape(active)}"]`)?.focus()
  decideOn(next)
}

async function refresh () {
  const answer = await fetch(location.href, { credentials: 'same-origin' })
  if (!answer.ok || answer.redirected) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-patch][id]')) {
    const other = fresh.getElementById(part.id)
    if (other && other.innerHTML !== part.innerHTML && !isBusy(part)) patch(part, other)
  }
}

function listen (address, about) {
  let waiting = null
  let missed = false
  let opened = false
  const stream = new EventSource(address)
  const soon = () => {
    missed = document.hidden
    clearTimeout(waiting)
    if (!missed) waiting = setTimeout(refresh, SETTLE)
  }
  stream.addEventListener('open', () => {
    if (opened) soon() // what happened while the line was down
    opened = true
  })
  stream.addEventListener('ticket', (event) => {
    if (!about || JSON.parse(event.data).reference === about) soon()
  })
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && missed) soon()
  })
}

if (document.body.dataset.live) listen(document.body.dataset.live, document.body.dataset.liveAbout)

// ---- Drafts. What is typed in a form with data-draft is kept on the server, so that it is
// there on another machine and after a crash.

for (const form of document.querySelectorAll('form[data-draft]')) {
  const area = form.querySelector('textarea')
  const state = form.querySelector('#draft-state')
  let waiting = null
  const keep = async () => {
    const body = new URLSearchParams({ token: form.elements.token?.value ?? '', [area.name]: area.value })
    const answer = await fetch(form.dataset.draft, { method: 'POST', body, keepalive: true }).catch(() => null)
    if (state) state.textContent = answer?.ok ? form.dataset.savedText : form.dataset.lostText
  }
  area.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(keep, PAUSE)
  })
  form.addEventListener('submit', () => clearTimeout(waiting))
}

// ---- Who is in the team that was chosen: the second list follows the first.

for (const form of document.querySelectorAll('form[data-people]')) {
  const place = form.querySelector('#assign-person-field')
  form.elements.team?.addEventListener('change', async (event) => {
    const address = `${form.dataset.people}?part=people&team=${encodeURIComponent(event.target.value)}`
    const answer = await fetch(address, { credentials: 'same-origin' })
    if (!answer.ok) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    place.replaceChildren(...document.importNode(fresh.body, true).childNodes)
  })
}
