/** Authorizers for JWTs of OpenID Connect, which an issuer such as Amazon Cognito, Auth0 or Keycloak has signed. */
@NullMarked
package dev.pinion.jwt;

import org.jspecify.annotations.NullMarked;
