// SPDX-License-Identifier: AGPL-3.0-or-later
// Every page of the desk works without script; this makes it quicker. What a page wants
// is said by attributes of its elements: data-key, data-patch, data-draft, data-people.

document.documentElement.classList.add('scripts')

const isTyping = (target) =>
  target.closest('select, textarea, [contenteditable], input:not([type="checkbox"], [type="radio"])')

// ---- Keys. An element says its own by data-key: fields get the focus, buttons are pressed.
// Single keys can be switched off for the browser, for who speaks to it or holds it shakily.

const KEYS = 'portreeve-keys'

function walkRows (step) {
  const rows = [...document.querySelectorAll('.row-link')]
  const here = rows.indexOf(document.activeElement)
  const next = rows[here < 0 ? 0 : here + step]
  if (next) next.focus()
}

function useKey (key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`)
  if (!target) return false
  target.focus()
  if (target.matches('button, summary')) target.click()
  return true
}

document.addEventListener('keydown', (event) => {
  const form = event.target.form
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault()
    form.requestSubmit(form.querySelector('[aria-keyshortcuts="Control+Enter"]'))
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  if (localStorage.getItem(KEYS) === 'off') return
  if (event.key === 'j') walkRows(1)
  else if (event.key === 'k') walkRows(-1)
  else if (useKey(event.key)) event.preventDefault()
})

const keysOn = document.getElementById('keys-on')
if (keysOn) {
  keysOn.checked = localStorage.getItem(KEYS) !== 'off'
  keysOn.addEventListener('change', () => localStorage.setItem(KEYS, keysOn.checked ? 'on' : 'off'))
}

// ---- What was just done stands in the address for the server; not for reload or bookmark.

const here = new URL(location.href)
if (here.searchParams.has('done')) {
  here.searchParams.delete('done')
  history.replaceState(null, '', here)
}

// ---- Drafts: what is being written is kept on the server after a pause, and on leaving.

const PAUSE = 1500 // milliseconds

for (const form of document.querySelectorAll('form[data-draft]')) {
  const words = form.elements.words
  const state = document.getElementById('draft-state')
  let saved = words.value
  let waiting = null
  let sent = false

  const save = async () => {
    clearTimeout(waiting)
    if (sent || words.value === saved) return
    const value = words.value
    const body = new URLSearchParams({ token: form.elements.token?.value ?? '', words: value })
    try {
      const answer = await fetch(form.dataset.draft, { method: 'POST', body, keepalive: true })
      if (answer.status !== 204) throw new Error(answer.statusText)
      saved = value
      state.textContent = form.dataset.savedText
    } catch {
      state.textContent = form.dataset.lostText
    }
  }

  words.addEventListener('input', () => {
    state.textContent = ''
    clearTimeout(waiting)
    waiting = setTimeout(save, PAUSE)
  })
  form.addEventListener('submit', () => {
    sent = true
    clearTimeout(waiting)
  })
  window.addEventListener('pagehide', save)
}

// ---- Choosing a team brings its people.

for (const form of document.querySelectorAll('form[data-people]')) {
  form.elements.team.addEventListener('change', async () => {
    const address = new URL(form.dataset.people, location.href)
    address.searchParams.set('part', 'people')
    address.searchParams.set('team', form.elements.team.value)
    const answer = await fetch(address)
    if (!answer.ok || answer.redirected) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const field = form.querySelector('[data-people-here]')
    field.replaceChildren(...[...fresh.body.children].map((child) => document.importNode(child, true)))
  })
}

// ---- Live: when something changes that this page may show, the page is fetched again and
// its parts marked data-patch (each with an id) are put in the places of the old ones. A
// part in which somebody is writing or marking text stays as it is until they are done.

const SETTLE = 400 // milliseconds: changes come in bursts
const GAP = 2000 // at least, between two refreshes
const RENEW = 120000 // relative times grow old

const isBusy = (part) =>
  (part.contains(document.activeElement) && isTyping(document.activeElement)) ||
  (!getSelection().isCollapsed && part.contains(getSelection().anchorNode)) ||
  [...part.querySelectorAll('textarea')].some((area) => area.value !== area.defaultValue)

const rowsOf = (part) => new Set([...part.querySelectorAll('[data-row]')].map((row) => row.dataset.row))

// Marks what is new, and says how much it is.
function announce (part, before) {
  const news = [...part.querySelectorAll('[data-row]')].filter((row) => !before.has(row.dataset.row))
  for (const row of news) row.classList.add('fresh')
  if (news.length && part.dataset.news) {
    document.getElementById('news').textContent = part.dataset.news.replace('%', news.length)
  }
}

// Forms carry the version that their reader has seen.
function carryVersion (part) {
  for (const name of ['version', 'seen']) {
    if (!(name in part.dataset)) continue
    for (const field of document.querySelectorAll(`input[type="hidden"][name="${name}"]`)) {
      field.value = part.dataset[name]
    }
  }
}

function patch (part, other) {
  const focused = part.contains(document.activeElement) && document.activeElement.getAttribute('href')
  const before = rowsOf(part)
  const next = document.importNode(other, true)
  part.replaceWith(next)
  if (focused) next.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
  announce(next, before)
  carryVersion(next)
}

async function refresh () {
  const address = new URL(location.href)
  address.searchParams.set('part', 'live')
  const answer = await fetch(address, { credentials: 'same-origin' })
  if (!answer.ok || answer.redirected) return true
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  let left = false
  for (const part of document.querySelectorAll('[data-patch][id]')) {
    const other = fresh.getElementById(part.id)
    if (!other || other.outerHTML === part.outerHTML) continue
    if (isBusy(part)) left = true
    else patch(part, other)
  }
  return !left
}

const { live, liveAbout } = document.body.dataset
if (live) {
  let waiting = null
  let last = 0
  let missed = false

  const soon = (delay = SETTLE) => {
    if (document.hidden) missed = true
    if (document.hidden || waiting) return
    waiting = setTimeout(async () => {
      last = Date.now()
      const done = await refresh().catch(() => false)
      waiting = null
      if (!done) soon(GAP)
    }, Math.max(delay, last + GAP - Date.now()))
  }

  const stream = new EventSource(live)
  let opened = false
  stream.addEventListener('open', () => {
    if (opened) soon() // what happened while the line was down
    opened = true
  })
  stream.addEventListener('ticket', (event) => {
    if (!liveAbout || JSON.parse(event.data).reference === liveAbout) soon()
  })
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && missed) {
      missed = false
      soon()
    }
  })
  setInterval(soon, RENEW)
}
