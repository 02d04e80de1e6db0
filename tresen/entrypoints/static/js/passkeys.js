// Passkeys: hands the page's options to the device and the device's answer to the form. Nothing else.
"use strict";
{
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (credentials) => (credentials ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  const read = (options) => {
    const given = { ...options, challenge: bytes(options.challenge) };
    if (options.user) given.user = { ...options.user, id: bytes(options.user.id) };
    if (options.excludeCredentials) given.excludeCredentials = listed(options.excludeCredentials);
    if (options.allowCredentials) given.allowCredentials = listed(options.allowCredentials);
    return given;
  };

  const said = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  };

  const options = async (form) => {
    if (form.dataset.passkeyOptions) return JSON.parse(form.dataset.passkeyOptions);
    const answer = await fetch(form.dataset.passkeyFrom, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options.publicKey;
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const trouble = form.querySelector("[data-passkey-trouble]");
    const field = form.elements[form.dataset.passkeyField || "answer"];
    if (!window.PublicKeyCredential) {
      form.hidden = true;
      continue;
    }
    const ask = async (manner) => {
      const publicKey = read(await options(form));
      const credential = await navigator.credentials[form.dataset.passkey]({ publicKey, ...manner });
      field.value = said(credential);
      form.submit();
    };
    const beside = new AbortController();
    form.addEventListener("submit", async (event) => {
      if (field.value) return;
      event.preventDefault();
      beside.abort();
      trouble.hidden = true;
      try {
        await ask({});
      } catch {
        trouble.hidden = false;
      }
    });
    if ("passkeyBeside" in form.dataset) {
      // Browsers that can do so offer the passkey where the address is typed (WebAuthn, 5.1.4).
      window.PublicKeyCredential.isConditionalMediationAvailable?.()
        .then((can) => can && ask({ mediation: "conditional", signal: beside.signal }))
        .catch(() => {});
    }
  }
}
