package dev.pinion.tfaws;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.LineNumberReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** Reads what a file in Terraform's JSON syntax declares. */
final class JsonAddresses {
  private static final String COMMENT = "//";

  private final String file;
  private final SlowReader lines;
  private final JsonReader json;
  private final List<Address> found = new ArrayList<>();

  private JsonAddresses(String file, String text) {
    this.file = file;
    lines = new SlowReader(text);
    json = new JsonReader(lines);
  }

  /** Lets the JSON's reader read no further than it needs, so that the line is that of what was read last. */
  private static final class SlowReader extends LineNumberReader {
    SlowReader(String text) {
      super(new StringReader(text));
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      return super.read(buffer, offset, Math.min(length, 1));
    }
  }

  /**
   * Returns the addresses in a file.
   *
   * @throws Malformed if it is not JSON
   */
  static List<Address> of(String file, String text) throws Malformed {
    JsonAddresses reading = new JsonAddresses(file, text);
    try {
      reading.blocks();
      return reading.found;
    } catch (MalformedJsonException | IllegalStateException e) {
      throw new Malformed(reading.line(), "not valid JSON");
    } catch (IOException e) {
      throw new Malformed(reading.line(), "the JSON ends too early");
    }
  }

  /** A file that cannot be read, with the line at which reading ended. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    final int line;

    Malformed(int line, String message) {
      super(message);
      this.line = line;
    }
  }

  private int line() {
    return lines.getLineNumber() + 1;
  }

  private void blocks() throws IOException {
    if (inArray(this::blocks)) return;
    json.beginObject();
    while (json.hasNext()) {
      String kind = json.nextName();
      if (Address.labels(kind) == 0) json.skipValue();
      else labels(kind, List.of());
    }
    json.endObject();
  }

  private void labels(String kind, List<String> outer) throws IOException {
    if (inArray(() -> labels(kind, outer))) return;
    json.beginObject();
    while (json.hasNext()) {
      String label = json.nextName();
      int line = line();
      List<String> labels = new ArrayList<>(outer);
      labels.add(label);
      if (label.equals(COMMENT)) {
        json.skipValue();
      } else if (labels.size() < Address.labels(kind)) {
        labels(kind, labels);
      } else {
        Address.of(kind, labels.toArray(String[]::new)).ifPresent(each -> found.add(new Address(each, file, line)));
        json.skipValue();
      }
    }
    json.endObject();
  }

  /** A step of reading. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** Terraform takes a list of objects wherever it takes one. */
  private boolean inArray(Step step) throws IOException {
    if (json.peek() != JsonToken.BEGIN_ARRAY) return false;
    json.beginArray();
    while (json.hasNext()) step.run();
    json.endArray();
    return true;
  }
}
