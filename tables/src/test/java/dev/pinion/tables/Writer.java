package dev.pinion.tables;

import dev.pinion.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that writes rows until it is killed, and prints each row's id once its write is acknowledged. */
final class Writer {
  private static final int THREADS = 4;

  private Writer() {}

  /** Starts one on a folder; its rows' ids begin with a name. */
  static Process start(Path folder, String name) throws IOException {
    return start(folder, name, ProcessBuilder.Redirect.INHERIT);
  }

  static Process start(Path folder, String name, ProcessBuilder.Redirect errors) throws IOException {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Writer.class.getName(), folder.toString(), name)
        .redirectError(errors).start();
  }

  /** The folder and the name are the arguments. */
  public static void main(String[] args) throws Exception {
    EmbeddedTables tables = Rigs.open(Path.of(args[0]), Rigs.TABLE);
    for (int i = 0; i < THREADS; i++) {
      String name = args[1] + "-" + i;
      Thread.ofPlatform().start(() -> write(tables, name));
    }
    Thread.currentThread().join();
  }

  /** Every other write is a transaction of two rows. */
  private static void write(EmbeddedTables tables, String name) {
    for (int i = 0;; i++) {
      String id = name + "-" + i;
      Item row = Item.of("id", id, "text", "x".repeat(i % 700));
      if (i % 2 == 0) {
        tables.putItem(Rigs.put(row));
      } else {
        tables.transactWriteItems(List.of(Rigs.put(row), Rigs.put(row.with("id", id + "-twin"))));
      }
      synchronized (System.out) {
        System.out.println(id);
        System.out.flush();
      }
    }
  }
}
