package dev.pinion.awsclient;

import java.util.Optional;

/** What a request is signed with. */
record Credentials(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {

  /** The key's id only. */
  @Override
  public String toString() {
    return "credentials " + accessKeyId;
  }
}
