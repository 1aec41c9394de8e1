/* Passkeys: without this file their buttons stay hidden, and every other way to sign in works. */
"use strict";

const passkeyForms = document.querySelectorAll("form[data-passkey]");

async function answerOf(form) {
  if (form.dataset.passkey === "sign-in") {
    const question = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!question.ok) throw new Error(`asked in vain: ${question.status}`);
    return window.webauthnJSON.get((await question.json()).request_options);
  }
  const asked = JSON.parse(document.getElementById("passkey-question").textContent);
  if (form.dataset.passkey === "get") return window.webauthnJSON.get(asked.request_options);
  /* One that the device itself remembers, behind a finger, a face or a PIN: it is to sign in without a name. */
  Object.assign(asked.creation_options.publicKey.authenticatorSelection, {
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  });
  return window.webauthnJSON.create(asked.creation_options);
}

function say(form, error) {
  const said = form.querySelector("[data-passkey-said]");
  if (error.name === "NotAllowedError" || error.name === "AbortError") said.textContent = said.dataset.gaveUp;
  else said.textContent = error.name === "InvalidStateError" ? said.dataset.knownHere : said.dataset.failed;
}

if (window.PublicKeyCredential && window.webauthnJSON) {
  for (const element of document.querySelectorAll("[data-passkey-unknown]")) element.hidden = true;
  for (const form of passkeyForms) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      if (button.disabled) return;
      button.disabled = true;
      form.querySelector("[data-passkey-said]").textContent = "";
      try {
        form.elements.credential.value = JSON.stringify(await answerOf(form));
        form.submit();
      } catch (error) {
        say(form, error);
        button.disabled = false;
      }
    });
  }
}
