// SPDX-License-Identifier: AGPL-3.0-or-later
// Passkeys: a form with data-passkey asks for options, lets the authenticator sign, and
// sends what it said like any form. Without this script, or a browser that knows
// passkeys, the form stays hidden.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')),
	(c) => c.charCodeAt(0))

const letters = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
	.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const known = (list) => (list ?? []).map((c) => ({ ...c, id: bytes(c.id) }))

function put(form, name, value) {
	let input = form.elements.namedItem(name)

	if (!input) {
		input = document.createElement('input')
		input.type = 'hidden'
		input.name = name
		form.append(input)
	}
	input.value = value
}

async function ask(form) {
	const token = form.elements.namedItem('token')?.value ?? ''
	const answer = await fetch('/sign-in/passkey/options', {
		method: 'POST',
		body: new URLSearchParams({ token, purpose: form.dataset.passkey }),
	})

	if (!answer.ok) throw new Error(`options: ${answer.status}`)
	const options = await answer.json()
	const key = options.publicKey

	put(form, 'token', options.token)
	key.challenge = bytes(key.challenge)
	if (form.dataset.passkey === 'register') {
		key.user.id = bytes(key.user.id)
		key.excludeCredentials = known(key.excludeCredentials)
		return navigator.credentials.create({ publicKey: key })
	}
	key.allowCredentials = known(key.allowCredentials)
	return navigator.credentials.get({ publicKey: key })
}

async function use(form) {
	const said = form.querySelector('[data-failed]')

	said.textContent = ''
	try {
		const credential = await ask(form)
		const { response } = credential

		put(form, 'id', credential.id)
		put(form, 'client', letters(response.clientDataJSON))
		put(form, 'data', letters(response.attestationObject ?? response.authenticatorData))
		if (response.signature) put(form, 'signature', letters(response.signature))
		if (response.userHandle) put(form, 'handle', letters(response.userHandle))
		form.submit()
	} catch {
		said.textContent = said.dataset.failed
	}
}

if (window.PublicKeyCredential)
	for (const form of document.querySelectorAll('form[data-passkey]')) {
		form.hidden = false
		form.addEventListener('submit', (event) => {
			event.preventDefault()
			use(form)
		})
	}
