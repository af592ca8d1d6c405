package dev.pinion.tables;

import dev.pinion.Cloud;
import dev.pinion.Table;
import dev.pinion.contract.StoreBackend;
import dev.pinion.contract.TablesApp;
import dev.pinion.lambda.DynamoDbLocal;
import dev.pinion.spi.CheckedStore;
import dev.pinion.spi.TableModel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** An app's tables twice: as a function has them, on DynamoDB Local, and embedded ones. */
final class TwoStores implements AutoCloseable {
  private final TablesApp theirs;
  private final TablesApp ours;

  /** Starts both with the same declarations and no rows; the embedded tables in a folder. */
  TwoStores(Path folder, Function<Cloud, List<Table>> declarations) throws Exception {
    theirs = TablesApp.start(declarations, DynamoDbLocal::backend);
    ours = TablesApp.start(declarations, models -> embedded(folder, models));
  }

  /** Opens embedded tables as a back end. */
  static StoreBackend embedded(Path folder, List<TableModel> models) throws Exception {
    EmbeddedTables tables = Rigs.open(folder, models.toArray(TableModel[]::new));
    return new StoreBackend(new CheckedStore(tables), tables::close);
  }

  /** What the tables are, in the order of declaration. */
  List<TableModel> models() {
    return ours.models();
  }

  /** The tables on DynamoDB Local. */
  List<Table> theirs() {
    return theirs.tables();
  }

  /** The embedded tables. */
  List<Table> ours() {
    return ours.tables();
  }

  @Override
  public void close() {
    ours.close();
    theirs.close();
  }
}
