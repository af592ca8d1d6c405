package dev.pinion.cli;

import dev.pinion.DefinitionException;
import dev.pinion.PhaseException;
import java.util.function.Supplier;

/** Calls of a program's own code, which may throw anything. */
final class UserCode {
  private UserCode() {}

  /**
   * What a call gives.
   *
   * @throws UserException for a mistake in the app's definition, and for what the program's own code threw
   */
  @SuppressWarnings("CatchingUnchecked") // whatever define throws
  static <T> T call(ProgramLoader loader, Supplier<T> call) {
    try {
      return call.get();
    } catch (DefinitionException | PhaseException mistake) {
      throw new UserException(String.valueOf(mistake.getMessage()), mistake);
    } catch (RuntimeException | Error thrown) {
      if (thrown instanceof UserException || !UserStack.isFrom(loader, thrown)) throw thrown;
      throw new UserException(UserStack.describe(loader, thrown), thrown);
    }
  }
}
