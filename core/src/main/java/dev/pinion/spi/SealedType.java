package dev.pinion.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A sealed interface of records: an object whose discriminator names the record. */
public final class SealedType implements MessageType {
  private final String discriminator;
  private Map<String, RecordType> records = Map.of();

  SealedType(String discriminator) {
    this.discriminator = discriminator;
  }

  void complete(Map<String, RecordType> all) {
    records = Collections.unmodifiableMap(new LinkedHashMap<>(all));
  }

  /** Returns the name of the member that names the record. */
  public String discriminator() {
    return discriminator;
  }

  /** Returns the records by the discriminator's value, in the order of the {@code permits} clauses. */
  public Map<String, RecordType> records() {
    return records;
  }
}
