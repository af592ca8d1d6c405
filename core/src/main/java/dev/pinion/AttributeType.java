package dev.pinion;

/** The type of a key attribute: the three types that DynamoDB allows in keys. */
public enum AttributeType {
  /** A string. In a hash key it has 1 to 2,048 bytes of UTF-8, in a range key 1 to 1,024. */
  STRING("S"),
  /** A number of up to 38 significant digits. */
  NUMBER("N"),
  /** Bytes: 1 to 2,048 in a hash key, 1 to 1,024 in a range key. */
  BINARY("B");

  private final String code;

  AttributeType(String code) {
    this.code = code;
  }

  /** DynamoDB's letter for the type. */
  public String code() {
    return code;
  }
}
