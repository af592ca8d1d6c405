package dev.pinion.jwt;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.Map;

/// Claims as JSON.
final class JsonText {
  private JsonText() {}

  static String of(Map<String, ?> object) {
    return JSONObjectUtils.toJSONString(object);
  }
}
