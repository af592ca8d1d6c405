package dev.pinion.cli;

/** The form of the log of a run. */
enum LogForm {
  /** As compilers write: file, line, what is wrong. */
  TEXT,
  /** An object of JSON on each line, as functions write on AWS. */
  JSON
}
