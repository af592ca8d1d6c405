package dev.pinion.awsclient;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;

/** The little JSON that the client itself reads. */
final class Json {
  private Json() {}

  /**
   * The members of an object that are texts; of others there is nothing.
   *
   * @throws IOException when the text is not a JSON object
   */
  static Map<String, String> texts(String json) throws IOException {
    Map<String, String> members = new LinkedHashMap<>();
    JsonReader in = new JsonReader(new StringReader(json));
    try {
      in.beginObject();
      while (in.hasNext()) {
        String name = in.nextName();
        if (in.peek() == JsonToken.STRING) {
          members.putIfAbsent(name, in.nextString());
        } else {
          in.skipValue();
        }
      }
      in.endObject();
      return members;
    } catch (IllegalStateException e) {
      throw new IOException("not a JSON object", e);
    }
  }
}
