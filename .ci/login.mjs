// A user's login at an OpenID Connect provider, as a browser does it: the authorization code flow with PKCE (RFC 7636).

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';

/** Fetches without following redirects, with the cookies of one browser. */
function browser() {
  const cookies = new Map();
  return async (url, form) => {
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET', body: form && new URLSearchParams(form), redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const each of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(each);
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    return answer;
  };
}

/**
 * Logs a user in by the forms that oidc-provider has for development, and agrees to what the client asks for. Gives the provider's
 * answer to the code: access token and id token.
 */
export async function login(issuer, user, { client_id, redirect_uri, resource }) {
  const open = browser();
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(8).toString('hex');
  const { authorization_endpoint, token_endpoint } = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
  let at = `${authorization_endpoint}?${new URLSearchParams({
    client_id, redirect_uri, resource, response_type: 'code', scope: 'openid', state, code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  })}`;
  const forms = [];
  while (!at.startsWith(redirect_uri)) {
    let answer = await open(at);
    if (answer.status === 200) {
      const page = await answer.text();
      const prompt = /name="prompt" value="(\w+)"/.exec(page)[1];
      forms.push(prompt);
      answer = await open(at, { prompt, ...(prompt === 'login' && { login: user, password: 'any' }) });
    }
    assert.ok([302, 303].includes(answer.status), `${at}: ${answer.status}`);
    at = new URL(answer.headers.get('location'), at).href;
  }
  assert.deepEqual(forms, ['login', 'consent']);
  const { code, state: same, ...rest } = Object.fromEntries(new URL(at).searchParams);
  assert.equal(same, state, JSON.stringify(rest));
  const exchange = code_verifier => fetch(token_endpoint, {
    method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, client_id, redirect_uri, code_verifier, resource }),
  });
  const tokens = await exchange(verifier);
  assert.equal(tokens.status, 200, await tokens.clone().text());
  return tokens.json();
}
