package dev.pinion;

/** The processors that a function runs on. */
public enum Architecture {
  /** AWS's Graviton. */
  ARM64("arm64"),
  /** Intel's and AMD's. */
  X86_64("x86_64");

  private final String id;

  Architecture(String id) {
    this.id = id;
  }

  /** AWS's name of it. */
  String id() {
    return id;
  }
}
