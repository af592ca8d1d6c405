
//DEPS org.jetbrains.kotlin:kotlin-stdlib:2.1.21
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.util.List;
import kotlin.Lazy;
import kotlin.LazyKt;
import kotlin.collections.CollectionsKt;
import kotlin.jvm.internal.Intrinsics;

import static dev.pinion.AttributeType.STRING;

/** What the Kotlin compiler makes of lazy values and of parameters that are not null. */
public final class KotlinLazy implements App {
  static final class Names {
    private final Lazy<List<String>> all = LazyKt.lazy(() -> CollectionsKt.listOf("a", "b"));
    private final Table rows;

    Names(Table rows) {
      Intrinsics.checkNotNullParameter(rows, "rows");
      this.rows = rows;
    }

    void save(String id) {
      Intrinsics.checkNotNullParameter(id, "id");
      rows.putItem(Item.of("id", id, "first", CollectionsKt.first(all.getValue())));
    }
  }

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    Names names = new Names(seen);
    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onMessage((c, body) -> {
      names.save(body);
    });
  }
}
