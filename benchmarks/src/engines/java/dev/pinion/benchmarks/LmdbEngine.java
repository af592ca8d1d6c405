package dev.pinion.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/** LMDB, whose pages the operating system has before a commit returns. */
final class LmdbEngine implements EngineTrial.Engine {
  private static final long LARGEST = 64L << 20;

  private final Env<byte[]> store;
  private final Dbi<byte[]> rows;

  private LmdbEngine(Path folder) {
    store = Env.create(ByteArrayProxy.PROXY_BA).setMapSize(LARGEST).setMaxDbs(1)
        .open(folder.toFile(), EnvFlags.MDB_NOSYNC);
    rows = store.openDbi("rows", DbiFlags.MDB_CREATE);
  }

  public static void main(String[] arguments) throws Exception {
    EngineTrial.run(LmdbEngine::new, arguments);
  }

  @Override
  public void put(byte[] key, byte[] value, boolean sync) {
    rows.put(key, value);
    if (sync) {
      store.sync(true);
    }
  }

  @Override
  public List<byte[]> scan() {
    List<byte[]> all = new ArrayList<>();
    try (Txn<byte[]> read = store.txnRead(); var cursor = rows.iterate(read)) {
      cursor.forEach(row -> all.add(row.val()));
    }
    return all;
  }

  @Override
  public void close() {
    store.close();
  }
}
