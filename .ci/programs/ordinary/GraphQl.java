
//DEPS com.graphql-java:graphql-java:22.3 org.slf4j:slf4j-nop:2.0.17
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.Map;

import static dev.pinion.AttributeType.STRING;

/** A GraphQL schema whose fetchers read and write a table. */
public final class GraphQl implements App {
  private static final String SCHEMA =
      "type Query { name(id: String!): String } type Mutation { rename(id: String!, name: String!): String }";

  private static GraphQL graph(Table users) {
    RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
        .type("Query", type -> type.dataFetcher("name",
            call -> users.getItem(Key.of("id", call.<String>getArgument("id"))).map(row -> row.string("name"))
                .orElse(null)))
        .type("Mutation", type -> type.dataFetcher("rename", call -> {
          users.putItem(Item.of("id", call.<String>getArgument("id"), "name", call.<String>getArgument("name")));
          return call.getArgument("name");
        }))
        .build();
    return GraphQL.newGraphQL(new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(SCHEMA), wiring))
        .build();
  }

  @Override
  public void define(Cloud cloud) {
    Table users = cloud.table("users").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    GraphQL graph = graph(users);
    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onRequest("graphql", (c, query) -> Map.of("data", String.valueOf(graph.execute(query).getData())));
  }
}
