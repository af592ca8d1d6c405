package dev.pinion.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/** RocksDB, whose log the operating system has before a write returns. */
final class RocksDbEngine implements EngineTrial.Engine {
  private final Options options;
  private final WriteOptions acknowledged;
  private final WriteOptions synced;
  private final RocksDB store;

  private RocksDbEngine(Path folder) throws RocksDBException {
    RocksDB.loadLibrary();
    acknowledged = new WriteOptions();
    synced = new WriteOptions().setSync(true);
    options = new Options().setCreateIfMissing(true);
    store = RocksDB.open(options, folder.toString());
  }

  public static void main(String[] arguments) throws Exception {
    EngineTrial.run(RocksDbEngine::new, arguments);
  }

  @Override
  public void put(byte[] key, byte[] value, boolean sync) throws RocksDBException {
    store.put(sync ? synced : acknowledged, key, value);
  }

  @Override
  public List<byte[]> scan() {
    List<byte[]> all = new ArrayList<>();
    try (RocksIterator rows = store.newIterator()) {
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        all.add(rows.value());
      }
    }
    return all;
  }

  @Override
  public void close() {
    store.close();
    synced.close();
    acknowledged.close();
    options.close();
  }
}
