package dev.pinion.cli;

import dev.pinion.DefinitionException;
import dev.pinion.PhaseException;
import dev.pinion.inspect.InspectedException;
import java.util.function.Supplier;

/**
 * Calls into a program's code, which may throw anything, also checked exceptions that it does not declare, and may
 * leave the thread interrupted.
 */
final class UserCode {
  private UserCode() {}

  /**
   * Returns the result of a call.
   *
   * @throws UserException for a mistake in the app's definition, and for anything that the program's code throws
   */
  static <T> T call(ProgramLoader loader, Supplier<T> call) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    try {
      return call.get();
    } catch (DefinitionException | PhaseException mistake) {
      throw new UserException(String.valueOf(mistake.getMessage()), mistake);
    } catch (InspectedException thrown) {
      if (thrown.isMistake()) throw new UserException(String.valueOf(thrown.getMessage()), thrown);
      if (!UserStack.isFrom(loader, thrown)) throw thrown;
      throw new UserException(UserStack.describe(loader, thrown), thrown);
    } catch (Throwable thrown) {
      if (thrown instanceof UserException || !UserStack.isFrom(loader, thrown)) throw thrown;
      throw new UserException(UserStack.describe(loader, thrown), thrown);
    } finally {
      if (!interrupted) {
        var _ = Thread.interrupted();
      }
    }
  }
}
