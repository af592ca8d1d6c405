package dev.pinion.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** H2's MVStore, set as the local tables set it. */
final class MvStoreEngine implements EngineTrial.Engine {
  private final MVStore store;
  private final MVMap<byte[], byte[]> rows;

  private MvStoreEngine(Path folder) {
    store = new MVStore.Builder().fileName(folder.resolve("rows.mv").toString()).autoCommitDisabled().cacheSize(1)
        .open();
    store.setRetentionTime(0);
    store.setVersionsToKeep(0);
    rows = store.openMap(
        "rows",
        new MVMap.Builder<byte[], byte[]>().keyType(ByteArrayDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  public static void main(String[] arguments) throws Exception {
    EngineTrial.run(MvStoreEngine::new, arguments);
  }

  @Override
  public void put(byte[] key, byte[] value, boolean sync) {
    rows.put(key, value);
    store.commit();
    if (sync) {
      store.sync();
    }
  }

  @Override
  public List<byte[]> scan() {
    List<byte[]> all = new ArrayList<>();
    for (var cursor = rows.cursor(null); cursor.hasNext();) {
      cursor.next();
      all.add(cursor.getValue());
    }
    return all;
  }

  @Override
  public void close() {
    store.close();
  }
}
