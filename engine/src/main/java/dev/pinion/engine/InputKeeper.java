package dev.pinion.engine;

/** What keeps input of one client that is not yet handled, and reports to the server's {@link InputBudget} how much. */
public interface InputKeeper {

  /**
   * The budget is exceeded, and this keeps most: the connection is to be closed soon. Called on any thread, under the
   * locks of whoever has reported.
   */
  void overBudget();
}
