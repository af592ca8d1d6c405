package dev.pinion;

/** Handles the changes of a table. */
@FunctionalInterface
public non-sealed interface ChangeHandler extends Handler {
  /**
   * Called for each change, at least once; the changes of one row come in their order.
   *
   * @throws Exception if the handler fails; the change comes again, and the later ones of the row wait
   */
  void handle(TableChange change) throws Exception;
}
