package dev.pinion.gateway;

import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Ids have API Gateway's form. */
final class IdsTest {
  private static final int COUNT = 20_000;

  private static Set<String> check(Supplier<String> maker) {
    Set<String> ids = new HashSet<>();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < COUNT; i++) {
      String id = maker.get();
      assertThat(id).matches("[A-Za-z0-9_-]{15}=");
      assertThat(Ids.wellFormed(id)).isTrue();
      assertThat(Base64.getUrlDecoder().decode(id)).hasSize(11);
      assertThat(Base64.getUrlEncoder().encodeToString(Base64.getUrlDecoder().decode(id))).isEqualTo(id);
      ids.add(id);
      all.append(id);
    }
    assertThat(ids).hasSize(COUNT);
    assertThat(all.chars().distinct().count()).isEqualTo(65);
    return ids;
  }

  @Test
  void areElevenBytesInPaddedBase64Url() {
    Ids ids = new Ids();
    check(ids::connection);
    Set<String> requests = check(ids::request);
    Set<String> messages = check(() -> Ids.message(ids.next()));
    assertThat(Collections.disjoint(messages, requests)).isTrue();
  }

  @Test
  void ofOneEventDiffer() {
    long seed = new Ids().next();
    assertThat(Ids.message(seed)).isNotEqualTo(Ids.request(seed));
  }
}
