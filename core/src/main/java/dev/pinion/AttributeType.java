package dev.pinion;

/** The type of a key attribute: the three types that DynamoDB allows in keys. */
public enum AttributeType {
  /** A string; as a key 1 to 2,048 bytes of UTF-8 (hash) or 1,024 (range). */
  STRING("S"),
  /** A number of up to 38 significant digits. */
  NUMBER("N"),
  /** Bytes; as a key 1 to 2,048 (hash) or 1,024 (range). */
  BINARY("B");

  private final String code;

  AttributeType(String code) {
    this.code = code;
  }

  /** DynamoDB's own letter for the type. */
  public String code() {
    return code;
  }
}
